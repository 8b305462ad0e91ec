using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Processes;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>serve</c>.</summary>
internal sealed class ServeCommand : TasklockCommand
{
    public const string Verb = "serve";

    private readonly Option<string> _urls = new("--urls")
    {
        Description = "Where to listen: http://127.0.0.1:8080, http://[::1]:8080; several with ';'. Other machines reach none of them.",
        HelpName = "URLS",
    };
    private readonly Option<string> _port = new("--port")
    {
        Description = "The port at 127.0.0.1; 0 takes one that is free and tells it as JSON. Default: 7420.",
        HelpName = "P",
    };
    private readonly Option<string> _tokenFile = new("--token-file")
    {
        Description =
            "A file with the token, which its owner alone may read; it is made if it is not there. Default: a new token each time.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _readOnly = new("--read-only") { Description = "Callers change nothing. So it is by default." };
    private readonly Option<bool> _allowChanges = new("--allow-changes") { Description = "Callers with the token may change the board." };

    public ServeCommand()
        : base(Verb, "Shows the tasks in a browser, and gives them to programs of this machine over HTTP, with events and metrics.")
    {
        Add(_urls);
        Add(_port);
        Add(_tokenFile);
        Add(_readOnly);
        Add(_allowChanges);
    }

    public override string Remarks => """
        A browser opens the address that it prints and follows the board; with --allow-changes it can change it. GET
        /api/planner/SWARM/progress is the JSON of 'tasklock progress SWARM --json'; /api/tasks, /api/ready, /api/claims and others are
        beside it, /api/events tells commits as they come, /metrics is for Prometheus, /mcp for agents, /healthz and /readyz for who looks
        after it. Every request but these two needs the token that it prints: Authorization: Bearer TOKEN. ETag is the version of the
        board. A refusal is problem details with the code of the command. TERM and Ctrl+C end it: exit code 0. 'Get-Help
        about_TaskLocking_Server' has all addresses.
        It is a program of its own beside the command, in the folder tasklock-server, and needs the .NET 10 runtime with ASP.NET Core;
        where one is missing, the sentence names it, and the exit code is 127. Exit code 10: the port is in use, by whom is told.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock serve",
        "tasklock serve --port 0 --allow-changes",
        "tasklock serve --urls http://127.0.0.1:8080 --token-file ~/.tasklock-token",
    ];

    protected override int Execute(CommandRun run)
    {
        _ = run.Place;
        var words = new List<string> { Verb };
        foreach (var option in new[] { _urls, _port, _tokenFile })
        {
            if (run.Value(option) is { } value)
                words.AddRange([option.Name, option == _tokenFile ? CurrentFolder.Full(value) : value]);
        }
        foreach (var option in new[] { _readOnly, _allowChanges })
        {
            if (run.Value(option))
                words.Add(option.Name);
        }
        return ServerProcess.Run(run, words);
    }
}
