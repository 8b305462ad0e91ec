using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task history</c>.</summary>
internal sealed class TaskHistoryCommand : TasklockCommand
{
    public const string Verb = "history";

    private readonly Argument<string> _id = new("ID") { Description = "The task." };

    public TaskHistoryCommand()
        : base(Verb, "Shows the changes of a task and the notes on it, oldest first: field, old and new value, when and by whom.") =>
        Add(_id);

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task history T-1",
        "tasklock task history T-1 --json",
    ];

    protected override int Execute(CommandRun run)
    {
        using var board = run.OpenBoard();
        var entries = board.GetHistory(run.Value(_id)!);
        if (run.Json)
            StandardOutput.Json(writer => JsonText.Write(writer, entries, single: false, TaskJson.Write));
        else
            WriteText(entries);
        return 0;
    }

    private static void WriteText(IReadOnlyList<TaskHistoryEntry> entries)
    {
        if (entries.Count == 0)
        {
            StandardOutput.Line("No changes.");
            return;
        }
        var table = new TextTable("When", "Field", "Old", "New", "By");
        foreach (var entry in entries)
        {
            table.Add(TaskText.Time(entry.Timestamp), entry.Field, TaskText.Begin(entry.OldValue), TaskText.Begin(entry.NewValue),
                entry.By);
        }
        SpectreTable.Write(table);
    }
}
