using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>file lock</c>.</summary>
internal sealed class FileLockCommand : TasklockCommand
{
    public const string Verb = "lock";

    private readonly Argument<string[]> _paths = FileOptions.Paths(ArgumentArity.OneOrMore);
    private readonly Option<bool> _literal = FileOptions.Literal();
    private readonly Option<string> _scope = FileOptions.Scope();
    private readonly Option<string> _agent = LeaseOptions.Agent();
    private readonly Option<bool> _shared = FileOptions.Shared();
    private readonly Option<string> _ttl = LeaseOptions.Ttl("30m");
    private readonly Option<string> _pid = LeaseOptions.Pid();
    private readonly Option<string> _type = LeaseOptions.Type();
    private readonly Option<bool> _force = LeaseOptions.Force();

    public FileLockCommand()
        : base(Verb, "Takes leases on files for an agent, all or none; what it has already is renewed.")
    {
        Add(_paths);
        Add(_literal);
        Add(_scope);
        Add(_agent);
        Add(_shared);
        Add(_ttl);
        Add(_pid);
        Add(_type);
        Add(_force);
    }

    public override string Remarks => """
        Paths are relative to the current folder; what is told is relative to the workspace. '\' is '/', and links and '..' are followed.
        Patterns (quote them, or the shell resolves them): '*' within a name, '**' for folders, '?', '[ab]', '[a-z]', '[!a]' or '[^a]',
        '{ts,tsx}'. What is none of these and no file that exists ('!x', '+(a|b)', '[') is refused; a file that exists is itself, as
        app/[id].tsx, and so is what --literal names. What links and worktrees in a folder lead to belongs to it, as they are when somebody
        asks. What overlaps a lease of somebody else is refused with exit code 3, unless both are shared. So is what a living process has
        that works under the same name, unless --pid names that one, the command was started by it, or with --force.
        In a repository of git a path means its file in every working tree, for what is changed in two has to be merged. With --scope
        worktree it means that of its own tree, beside such leases of others in theirs; "worktree" in the answer names the tree.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock file lock src/types.ts --agent builder-1",
        "tasklock file lock 'src/**/*.cs' docs/api.md --agent builder-1 --ttl 2h --pid $$ --json",
        "tasklock file lock 'web/**/*.{ts,tsx}' --agent builder-1",
        "tasklock file lock --literal 'app/[id].tsx' --agent builder-1",
        "tasklock file lock package.json --agent reader-1 --shared",
        "tasklock file lock src/types.ts --agent builder-1 --scope worktree",
    ];

    protected override int Execute(CommandRun run)
    {
        var paths = FileOptions.Read(run, _paths, _literal);
        var agent = LeaseOptions.NeedAgent(run, _agent, Examples[0]);
        var request = new FileLeaseRequest(WorkingProcess.Of(agent, run.Value(_pid), run.Value(_type)), paths)
        {
            Force = run.Value(_force),
            Scope = FileOptions.Scope(run, _scope),
            IsShared = run.Value(_shared),
            Ttl = LeaseOptions.ReadTtl(run, _ttl, FileLeaseRequest.DefaultTtl),
        };
        using var board = run.OpenBoard();
        return FileReport.Write(run, board.LockFiles(request, run.Commit(agent), run.Cancellation), paths.Length == 1, "locked");
    }
}
