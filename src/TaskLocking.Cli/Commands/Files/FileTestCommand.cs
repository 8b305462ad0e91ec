using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Model;

namespace TaskLocking.Cli.Commands;

/// <summary><c>file test</c>.</summary>
internal sealed class FileTestCommand : TasklockCommand
{
    public const string Verb = "test";

    private readonly Argument<string[]> _paths = FileOptions.Paths(ArgumentArity.OneOrMore);
    private readonly Option<bool> _literal = FileOptions.Literal();
    private readonly Option<string> _scope = FileOptions.Scope();
    private readonly Option<string> _agent = LeaseOptions.Agent("Whose own leases do not stand in the way.");
    private readonly Option<string> _pid = LeaseOptions.Worker();
    private readonly Option<string> _type = LeaseOptions.Type();
    private readonly Option<bool> _shared = FileOptions.Shared();

    public FileTestCommand()
        : base(Verb, "Tells whether leases on files could be taken now; takes nothing.")
    {
        Add(_paths);
        Add(_literal);
        Add(_scope);
        Add(_agent);
        Add(_shared);
        Add(_pid);
        Add(_type);
    }

    public override string Remarks => "Exit code 3 when somebody else has one of them, as 'file lock' would have.";

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock file test src/types.ts --agent builder-1",
        "tasklock file test 'src/**' docs/api.md --agent builder-1 --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var paths = FileOptions.Read(run, _paths, _literal);
        var holder = WorkingProcess.Of(LeaseOptions.NeedAgent(run, _agent, Examples[0]), run.Value(_pid), run.Value(_type));
        var request = new FileLeaseRequest(holder, paths) { IsShared = run.Value(_shared), Scope = FileOptions.Scope(run, _scope) };
        using var board = run.OpenBoard();
        var results = board.TestFiles(request);
        FileReport.WriteTest(run, results, paths.Length == 1);
        foreach (var result in results)
        {
            if (!result.IsFree)
                return RefusalTable.ExitCode(RefusalCode.FileLocked);
        }
        return 0;
    }
}
