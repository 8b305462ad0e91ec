using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary><c>task_assignee</c>: who has which task, with the actions, answers and sentences of the tool that came before.</summary>
internal static class AssigneeTool
{
    private static readonly ToolField Confirm =
        ToolField.Text("confirm", "The task_id again: takes the task from its owner although that is somebody else.");

    public static BoardTool Table { get; } = new("task_assignee", "Task assignees",
        "Assign tasks to an agent, a human or a host, check and write in one step; take them back; tell who has what. bulk_assign is all "
        + "or nothing unless skip_conflict; auto_assign gives ready tasks to the agents with the fewest open ones.")
    {
        Actions =
        [
            new("assign", Changes: true, Assign),
            new("unassign", Changes: true, Unassign),
            new("list", Changes: false, List),
            new("workload", Changes: false, Workload),
            new("bulk_assign", Changes: true, BulkAssign),
            new("auto_assign", Changes: true, AutoAssign),
        ],
        Fields =
        [
            ToolField.Text("task_id", "assign, unassign: the task."),
            ToolField.Texts("task_ids", "bulk_assign: the tasks."),
            ToolField.Text("assignee_name", "To whom; list: whose; unassign: from whom."),
            ToolField.Word("assignee_type", "What the assignee is.", "agent", "agent", "human", "host"),
            ToolField.Text("hostname", "Where the assignee works."),
            StatusField("status_filter", "list: only in these."),
            ToolField.Flag("skip_conflict", "bulk_assign: assign what is free, and tell the rest in failed."),
            ToolField.RequestId("assign, unassign, bulk_assign: a new id; sent again with it, it is done once and answered alike."),
            Confirm,
            ToolField.Integer("max_tasks_per_agent", "auto_assign.", 5, 1, 1000),
            ToolField.Integer("max_parallel", "auto_assign: at most so many at once.", 10, 1, 1000),
            ToolField.Text("swarm", "auto_assign: only of this swarm."),
            ToolField.Flag("dry_run", "auto_assign: tell, change nothing."),
            Page.Limit,
            Page.Cursor,
        ],
        Answer =
        [
            ("success", "boolean"), ("version", "integer"), ("task_id", "string"), ("task_name", "string"),
            ("assignee", "object null"), ("previous_assignee", "object null"), ("duration_ms", "integer"), ("locked", "boolean"),
            ("assigned", "array boolean"), ("unassigned", "boolean"), ("failed", "array"), ("total", "integer"), ("code", "string"),
            ("message", "string"), ("reason", "string"), ("existing_assignee", "object"), ("refusal", "object"),
            ("assignments", "array"), ("workload", "array"), ("run", "object"), ("replayed", "boolean"), .. Page.Members,
        ],
    };

    public static ToolField StatusField(string name, string description) => ToolField.Texts(name, description) with
    {
        Words = ["todo", "in_progress", "review", "done", "blocked", "cancelled", "failed"],
    };

    private static ToolAnswer Assign(ToolCall call)
    {
        var watch = Stopwatch.StartNew();
        var result = call.Board.Assign(new AssignmentRequest([call.Need("task_id")], Type(call), call.Need("assignee_name"))
        {
            Hostname = call.Text("hostname"),
            Force = IsConfirmed(call),
            IfVersion = call.IfVersion,
        }, call.Commit(), call.Cancellation);
        return One(result, "assigned", watch);
    }

    private static ToolAnswer Unassign(ToolCall call)
    {
        var watch = Stopwatch.StartNew();
        var (from, force) = (call.Text("assignee_name"), IsConfirmed(call));
        if (from is null && !force)
            throw ToolCall.Fault("Say from whom, in 'assignee_name'.");
        var name = from is not null && call.Has("assignee_type") ? $"{Type(call)}:{from}" : from;
        var result = call.Board.Unassign(new UnassignmentRequest([call.Need("task_id")])
        {
            From = name,
            Force = force,
            IfVersion = call.IfVersion,
            Proof = new ClaimProof { Agent = from, Callers = call.Setting.Callers, Force = force },
        }, call.Commit(), call.Cancellation);
        return One(result, "unassigned", watch);
    }

    private static ToolAnswer List(ToolCall call)
    {
        var tasks = call.Board.GetTasks(new TaskQuery
        {
            Assignee = call.Text("assignee_name") is not { } name ? null : call.Has("assignee_type") ? $"{Type(call)}:{name}" : name,
            IsAssigned = true,
            Statuses = TaskQueryTool.Statuses(call, "status_filter"),
        });
        return ToolAnswer.Done(call.Version, writer =>
            Page.Write(writer, call, "assignments", tasks, task => task.Id, AssignmentJson.Write));
    }

    private static ToolAnswer Workload(ToolCall call)
    {
        var loads = call.Board.GetWorkload();
        return ToolAnswer.Done(call.Version, writer =>
            Page.Write(writer, call, "workload", loads, load => $"{load.Type}:{load.Name}", AssignmentJson.Write));
    }

    private static ToolAnswer BulkAssign(ToolCall call)
    {
        var result = call.Board.Assign(new AssignmentRequest(call.Ids(), Type(call), call.Need("assignee_name"))
        {
            Hostname = call.Text("hostname"),
            SkipConflict = call.Flag("skip_conflict"),
        }, call.Commit(), call.Cancellation);
        var refusals = result.Failed.Select(outcome => outcome.Refusal!).ToList();
        // What fell only with the batch says less than what made it fall.
        var first = result.Success ? null : refusals.Find(refusal => refusal.Code != RefusalCode.BatchRefused) ?? refusals[0];
        return ToolAnswer.Of(first, writer =>
        {
            WriteMembers(writer, JsonText.Line(batch => AssignmentJson.Write(batch, result, "assigned", first)));
            if (first is not null)
                ToolAnswer.Write(writer, "refusal", first);
        });
    }

    private static ToolAnswer AutoAssign(ToolCall call)
    {
        var run = call.Board.RunAssignment(new AssignmentRunRequest
        {
            MaxPerAgent = call.Integer("max_tasks_per_agent", 5),
            MaxParallel = call.Integer("max_parallel", 10),
            Swarm = call.Text("swarm"),
            WhatIf = call.Flag("dry_run"),
        }, call.Commit(), call.Cancellation);
        return ToolAnswer.Done(call.Version, writer =>
        {
            writer.WritePropertyName("run");
            AssignmentRunJson.Write(writer, run);
        });
    }

    private static ToolAnswer One(AssignmentResult result, string deed, Stopwatch watch)
    {
        if (result.Failed.Count == 0)
        {
            var line = JsonText.Line(writer => AssignmentJson.Write(writer, result.Assigned[0], watch.ElapsedMilliseconds));
            return ToolAnswer.Of(null, writer => WriteMembers(writer, line));
        }
        var refusal = result.Failed[0].Refusal!;
        return ToolAnswer.Of(refusal, writer =>
        {
            writer.WriteBoolean("success", false);
            writer.WriteBoolean(deed, false);
            writer.WriteString("code", refusal.Code.ToString());
            writer.WriteString("reason", refusal.Message);
            if (refusal.ExistingAssignee is { } existing)
            {
                writer.WritePropertyName("existing_assignee");
                JsonText.Write(writer, existing);
            }
            ToolAnswer.Write(writer, "refusal", refusal);
        });
    }

    // The answers of the command, in an object that is open already; what a refusal has besides stands in its own.
    private static void WriteMembers(Utf8JsonWriter writer, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var known = Table.Answer.Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var member in document.RootElement.EnumerateObject().Where(member => known.Contains(member.Name)))
            member.WriteTo(writer);
    }

    private static bool IsConfirmed(ToolCall call) => call.Text(Confirm.Name) is { } confirmed
        && (string.Equals(confirmed, call.Need("task_id"), StringComparison.Ordinal) ? true
            : throw ToolCall.Fault("'confirm' must be the same id as 'task_id'."));

    private static string Type(ToolCall call) => call.Text("assignee_type") ?? "agent";
}
