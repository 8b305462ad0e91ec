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
    private readonly Option<string> _allowHost = new("--allow-host")
    {
        Description = "Further names under which it may be asked for, as a proxy's: board.example:8443; several with ';'.",
        HelpName = "HOSTS",
    };
    private readonly Option<string> _tokenFile = new("--token-file")
    {
        Description =
            "A file with the token, which its owner alone may read; it is made if it is not there. Default: a new token each time.",
        HelpName = "FILE",
    };
    private readonly Option<string> _tokens = new("--tokens")
    {
        Description = "A file of tokens that have names, instead: 'tasklock token add' makes them. Each caller acts in his name alone.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _readOnly = new("--read-only") { Description = "Callers change nothing. So it is by default." };
    private readonly Option<bool> _allowChanges = new("--allow-changes") { Description = "Callers with the token may change the board." };

    public ServeCommand()
        : base(Verb, "Shows the tasks in a browser, and gives them to programs of this machine over HTTP, with events and metrics.")
    {
        Add(_urls);
        Add(_port);
        Add(_allowHost);
        Add(_tokenFile);
        Add(_tokens);
        Add(_readOnly);
        Add(_allowChanges);
    }

    public override string Remarks => """
        A browser opens the address that it prints and follows the board; with --allow-changes it can change it. GET
        /api/planner/SWARM/progress is the JSON of 'tasklock progress SWARM --json'; /api/tasks, /api/ready, /api/claims and others are
        beside it, /api/events tells commits as they come, /metrics is for Prometheus, /mcp for agents, /healthz and /readyz for who looks
        after it. Every request but these two needs the token that it prints, or one of --tokens: Authorization: Bearer TOKEN. ETag is the
        version of the board. A refusal is problem details with the code of the command. TERM and Ctrl+C end it: exit code 0. 'Get-Help
        about_TaskLocking_Server' has all addresses.
        It is a program of its own beside the command, in the folder tasklock-server, and needs the .NET 10 runtime with ASP.NET Core;
        where one is missing, the sentence names it, and the exit code is 127. Exit code 10: the port is in use, by whom is told.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock serve",
        "tasklock serve --port 0 --allow-changes",
        "tasklock serve --urls http://127.0.0.1:8080 --token-file ~/.tasklock-token",
        "tasklock serve --allow-changes --tokens ~/.tasklock-tokens",
    ];

    protected override int Execute(CommandRun run)
    {
        _ = run.Place;
        var words = new List<string> { Verb };
        foreach (var option in new[] { _urls, _port, _allowHost, _tokenFile, _tokens })
        {
            if (run.Value(option) is { } value)
                words.AddRange([option.Name, option == _tokenFile || option == _tokens ? CurrentFolder.Full(value) : value]);
        }
        foreach (var option in new[] { _readOnly, _allowChanges })
        {
            if (run.Value(option))
                words.Add(option.Name);
        }
        return ServerProcess.Run(run, words);
    }
}
