namespace TaskLocking.Tests.Cli;

/// <summary>A command that shows what others wrote.</summary>
/// <param name="Command">Its words, as the help lists them.</param>
/// <param name="Arguments">What comes behind them.</param>
internal sealed record TerminalCase(string Command, params string[] Arguments)
{
    public string[] Words => [.. Command.Split(' '), .. Arguments];
}
