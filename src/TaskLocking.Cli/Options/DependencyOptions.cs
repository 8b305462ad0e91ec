using System;
using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Options;

/// <summary>What <c>graph add</c> and <c>graph remove</c> share.</summary>
internal sealed class DependencyOptions
{
    private readonly Argument<string> _id = new("ID") { Description = "The task that waits." };
    private readonly Option<string[]> _dependsOn = new("--depends-on")
    {
        Description = "What it waits for; several may follow.",
        HelpName = "X",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string> _ifVersion = WriteOptions.IfVersion();
    private readonly Option<string> _by = WriteOptions.By();

    public void AddTo(Command command)
    {
        command.Add(_id);
        command.Add(_dependsOn);
        command.Add(_ifVersion);
        command.Add(_by);
        command.Add(WriteOptions.RequestId);
    }

    public int Answer(CommandRun run, Func<TaskBoard, IReadOnlyList<DependencyEdit>, CommitOptions, IReadOnlyList<TaskOutcome>> verb)
    {
        var edit = new DependencyEdit(run.Value(_id)!, run.Values(_dependsOn)!) { IfVersion = Words.Version(run.Value(_ifVersion)) };
        using var board = run.OpenBoard();
        return OutcomeReport.Write(run, verb(board, [edit], run.Commit(run.Value(_by))), single: true,
            outcome => outcome.Task!.Dependencies.Count == 0
            ? $"Task {outcome.Id} depends on nothing"
            : $"Task {outcome.Id} depends on {string.Join(", ", outcome.Task.Dependencies)}");
    }
}
