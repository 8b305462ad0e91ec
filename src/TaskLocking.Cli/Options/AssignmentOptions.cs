using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Options;

/// <summary>What <c>assign</c> and <c>unassign</c> share: the tasks, how to treat conflicts, and the shape of the answer.</summary>
internal sealed class AssignmentOptions
{
    private readonly Argument<string[]> _ids = new("ID")
    {
        Description = "The tasks; several are one commit, all or none.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string> _idsFrom = new("--ids-from")
    {
        Description = "Read the ids from a file, or '-' for standard input, one a line.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _skipConflict = new("--skip-conflict")
    {
        Description = "Of several do what can be done and report the rest.",
    };
    private readonly Option<bool> _force = new("--force") { Description = "Whoever has it." };
    private readonly Option<string> _ifVersion = WriteOptions.IfVersion();
    private readonly Option<string> _by = WriteOptions.By();

    public void AddTo(Command command)
    {
        command.Add(_ids);
        command.Add(_idsFrom);
        command.Add(_skipConflict);
        command.Add(_force);
        command.Add(_ifVersion);
        command.Add(_by);
        command.Add(WriteOptions.RequestId);
    }

    public bool SkipConflict(CommandRun run) => run.Value(_skipConflict);

    public bool Force(CommandRun run) => run.Value(_force);

    public long? IfVersion(CommandRun run) => Words.Version(run.Value(_ifVersion));

    /// <summary>The named ids, or those of the file.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument, PathNotFound.</exception>
    public IReadOnlyList<string> Ids(CommandRun run, string example)
    {
        var named = run.Value(_ids) ?? [];
        var file = run.Value(_idsFrom);
        if (named.Length > 0 == file is not null)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"Name the tasks, or a file of ids with --ids-from. Example: {example}");
        return file is null ? named : InputFile.ReadIds(file, run.Timeout);
    }

    /// <summary>Runs the verb and answers; whatever is refused has the verb's own JSON shape.</summary>
    public int Answer(CommandRun run, IReadOnlyList<string> ids, string deed, Func<TaskBoard, CommitOptions, AssignmentResult> verb)
    {
        try
        {
            var clock = Stopwatch.StartNew();
            using var board = run.OpenBoard();
            var result = verb(board, run.Commit(run.Value(_by)));
            var report = new AssignmentReport(run, deed);
            return ids.Count == 1 && run.Value(_idsFrom) is null ? report.WriteOne(result, clock.ElapsedMilliseconds)
                : report.WriteBatch(result);
        }
        catch (TaskLockingException refused)
        {
            return run.Failure.Tell(refused.Refusal, deed);
        }
    }
}
