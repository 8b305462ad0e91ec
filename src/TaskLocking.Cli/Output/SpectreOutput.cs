using System;
using System.IO;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TaskLocking.Cli.Output;

/// <summary>
/// Draws on standard output, without colour when redirected and where NO_COLOR is set. What is drawn with Spectre.Console, which takes
/// its time to load, is drawn by classes of this folder alone.
/// </summary>
internal static class SpectreOutput
{
    // Wider than any row: a line is never broken or cut.
    private const int Unbounded = 1_000_000;

    public static void Write(IRenderable drawing)
    {
        if (IsTerminal)
        {
            Create(null).Write(drawing);
            return;
        }
        using var text = new StringWriter();
        var console = Create(text);
        console.Profile.Width = Unbounded;
        console.Write(drawing);
        StandardOutput.Text(string.Join('\n', text.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())));
    }

    /// <summary>The terminal, where drawings can be replaced in place; null where standard output is none.</summary>
    public static IAnsiConsole? Terminal() => IsTerminal && Create(null) is { Profile.Capabilities.Ansi: true } console ? console : null;

    private static bool IsTerminal => !StandardStream.Output.IsClosed && !Console.IsOutputRedirected;

    private static IAnsiConsole Create(StringWriter? redirected) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = redirected is not null ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = redirected is not null || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        Interactive = InteractionSupport.No,
        Out = redirected is not null ? new AnsiConsoleOutput(redirected) : new TerminalOutput(),
    });
}
