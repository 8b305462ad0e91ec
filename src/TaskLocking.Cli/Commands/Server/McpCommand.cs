using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Processes;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>mcp</c>.</summary>
internal sealed class McpCommand : TasklockCommand
{
    public const string Verb = "mcp";

    private readonly Option<bool> _readOnly = new("--read-only") { Description = "Offer only what asks, nothing that changes the board." };

    public McpCommand()
        : base(Verb, "Gives agents the tasks as tools, by the Model Context Protocol over standard input and output.") => Add(_readOnly);

    public override string Remarks => """
        An agent's tool starts it, and ends it by closing the input. Its claims are judged by that tool's process: they are free when it
        ends. TASKLOCKING_AGENT names who works where a call does not. Standard output has the protocol and nothing else.
        It is a program of its own beside the command, in the folder tasklock-server, and needs the .NET 10 runtime with ASP.NET Core;
        where one is missing, the sentence names it, and the exit code is 127.
        'tasklock setup' tells agents of the commands; this is for those that take tools.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock mcp",
        "tasklock mcp --read-only --workspace /srv/project",
        "claude mcp add tasklock -- tasklock mcp",
    ];

    protected override int Execute(CommandRun run)
    {
        // Said here, where refusals are told as everywhere: the server would tell it to a log that nobody reads.
        _ = run.Place;
        var words = new List<string> { Verb };
        if (run.Value(_readOnly))
            words.Add("--read-only");
        return ServerProcess.Run(run, words);
    }
}
