using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Model;

namespace TaskLocking.Cli.Commands;

/// <summary><c>file unlock</c>.</summary>
internal sealed class FileUnlockCommand : TasklockCommand
{
    public const string Verb = "unlock";

    private readonly Argument<string[]> _paths = FileOptions.Paths(ArgumentArity.ZeroOrMore);
    private readonly Option<bool> _literal = FileOptions.Literal();
    private readonly Option<string> _scope = FileOptions.Scope();
    private readonly Option<string> _agent = LeaseOptions.Agent("Whose leases.");
    private readonly Option<bool> _all = new("--all") { Description = "Everything that the agent has." };
    private readonly Option<string> _pid = LeaseOptions.Worker();
    private readonly Option<string> _type = LeaseOptions.Type();
    private readonly Option<bool> _force = new("--force") { Description = "Whoever has them." };

    public FileUnlockCommand()
        : base(Verb, "Frees leases on files, all or none.")
    {
        Add(_paths);
        Add(_literal);
        Add(_scope);
        Add(_agent);
        Add(_all);
        Add(_force);
        Add(_pid);
        Add(_type);
    }

    public override string Remarks => """
        Paths and patterns as they were taken, or, at the workspace, as 'file list' tells them. One on which nobody has a lease is no error
        and gives nothing ('null' in JSON for one path).
        A lease of somebody else is refused with exit code 7, unless --force. What another living process has under the same name stays,
        also with --all, unless --force.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock file unlock src/types.ts --agent builder-1",
        "tasklock file unlock --all --agent builder-1 --json",
        "tasklock file unlock src/types.ts --agent anna --force",
    ];

    protected override int Execute(CommandRun run)
    {
        var paths = FileOptions.Read(run, _paths, _literal);
        var all = run.Value(_all);
        if (paths.Length > 0 == all)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"Name the paths, or --all for everything that the agent has. Example: {Examples[all ? 1 : 0]}");
        var agent = LeaseOptions.NeedAgent(run, _agent, Examples[0]);
        var request = new FileUnlockRequest(agent)
        {
            Paths = paths,
            Force = run.Value(_force),
            Scope = FileOptions.Scope(run, _scope),
            Type = run.Value(_type),
            Callers = WorkingProcess.Callers(run.Value(_pid)),
        };
        using var board = run.OpenBoard();
        return FileReport.Write(run, board.UnlockFiles(request, run.Commit(agent), run.Cancellation), paths.Length == 1, "unlocked");
    }
}
