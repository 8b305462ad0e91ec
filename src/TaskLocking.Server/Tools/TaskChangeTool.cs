using System;
using System.Linq;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary><c>task_change</c>: define, edit, remove, archive tasks, and what they depend on.</summary>
internal static class TaskChangeTool
{
    public static BoardTool Table { get; } = new("task_change", "Change tasks",
        "Define new tasks, edit fields of tasks, remove one, add or remove dependencies; archive what was closed long ago, restore one. "
        + "All tasks of a call are one commit; what is refused of them is told in failed. To work on a task use claim, not edit.")
    {
        Actions =
        [
            new("define", Changes: true, Define),
            new("edit", Changes: true, Edit),
            new("remove", Changes: true, Remove),
            new("add_dependencies", Changes: true, call => Depend(call, remove: false)),
            new("remove_dependencies", Changes: true, call => Depend(call, remove: true)),
            new("archive", Changes: true, Archive),
            new("restore", Changes: true, Restore),
        ],
        Fields =
        [
            new("tasks", FieldKind.Tasks, "define, edit: the tasks; edit changes only the fields that are given."),
            ToolField.Text("task_id", "remove, restore, add_dependencies, remove_dependencies: the task."),
            ToolField.Texts("depends_on", "The tasks that it shall wait for, or no longer."),
            ToolField.Integer("if_version", "Only if the task has this version still."),
            ToolField.Integer("token", "Of your claim on the task, where you have one."),
            ToolField.Text("confirm", "remove: the task_id again. Required."),
            ToolField.Text("agent", "Who does it, for the history."),
            ToolField.Text("older", "archive: closed so long ago, or longer, as 90d. Default 30d."),
            ToolField.Text("swarm", "archive: only of this swarm."),
            ToolField.Flag("dry_run", "archive: tell, change nothing."),
            ToolField.RequestId("All but remove, archive, restore: a new id; sent again with it, it is done once and answered alike."),
        ],
        Answer =
        [
            ("success", "boolean"), ("version", "integer"), ("tasks", "array"), ("failed", "array"), ("refusal", "object"),
            ("replayed", "boolean"), ("report", "object"),
        ],
    };

    private static ToolAnswer Define(ToolCall call) =>
        Answer(call, call.Board.Define(TaskInput.Definitions(Tasks(call)), call.Commit(), call.Cancellation));

    private static ToolAnswer Edit(ToolCall call) =>
        Answer(call, call.Board.Edit(TaskInput.Edits(Tasks(call), Proof(call)), call.Commit(), call.Cancellation));

    private static ToolAnswer Remove(ToolCall call)
    {
        var id = call.Need("task_id");
        if (!string.Equals(call.Text("confirm"), id, StringComparison.Ordinal))
            throw ToolCall.Fault("A task is removed for good. Say so by its id in 'confirm'.");
        var removal = new TaskRemoval(id, Force: false, call.IfVersion ?? call.Integer("if_version")) { Proof = Proof(call) };
        return Answer(call, call.Board.Remove([removal], call.Commit(), call.Cancellation));
    }

    private static ToolAnswer Depend(ToolCall call, bool remove)
    {
        var ids = call.Texts("depends_on");
        if (ids.Count == 0)
            throw ToolCall.Fault("'depends_on' is missing.");
        var edits = new[] { new DependencyEdit(call.Need("task_id"), ids) { IfVersion = call.Integer("if_version") } };
        return Answer(call, remove ? call.Board.RemoveDependencies(edits, call.Commit(), call.Cancellation)
            : call.Board.AddDependencies(edits, call.Commit(), call.Cancellation));
    }

    private static ToolAnswer Archive(ToolCall call)
    {
        var standard = new ArchiveRequest();
        var request = standard with { OlderThan = call.Length("older") ?? standard.OlderThan, Swarm = call.Text("swarm") };
        var report = call.Board.ArchiveTasks(request, call.Commit() with { WhatIf = call.Flag("dry_run") }, call.Cancellation);
        return ToolAnswer.Done(call.Version, writer =>
        {
            writer.WritePropertyName("report");
            ArchiveJson.Write(writer, report);
        });
    }

    private static ToolAnswer Restore(ToolCall call) =>
        Answer(call, call.Board.RestoreTasks([call.Need("task_id")], call.Commit(), call.Cancellation));

    private static ToolAnswer Answer(ToolCall call, System.Collections.Generic.IReadOnlyList<TaskOutcome> outcomes) =>
        ToolAnswer.Outcomes(call.Version, outcomes, TaskLine.Write);

    private static JsonElement Tasks(ToolCall call) => call.Value("tasks") is { } tasks && tasks.EnumerateArray().Any() ? tasks
        : throw ToolCall.Fault("'tasks' is missing, as [{\"id\": \"T-1\", \"name\": \"Parse the feed\"}].");

    private static ClaimProof Proof(ToolCall call) => new()
    {
        Tokens = call.Integer("token") is { } token ? [token] : [],
        Agent = call.FindAgent(),
        Callers = call.Setting.Callers,
    };
}
