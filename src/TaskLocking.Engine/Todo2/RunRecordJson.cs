using System;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>What the last nightly run left behind as JSON, in the journal and in the document.</summary>
internal static class RunRecordJson
{
    public static string Write(AssignmentRunRecord run) => new JsonText()
        .Add("started", run.Started).Add("finished", run.Finished).Add("by", run.By).Add("swarm", run.Swarm)
        .Add("succeeded", run.Succeeded).Add("reason", run.Stopped).Add("maintained", (long)run.Maintained)
        .Add("assigned", (long)run.Assigned).Add("skipped", (long)run.Skipped).Add("archived", (long)run.Archived).ToString();

    /// <summary>Null for what is none.</summary>
    public static AssignmentRunRecord? Read(RecordFields fields) =>
        fields.Time("started") is not { } started || fields.Time("finished") is not { } finished ? null
        : new AssignmentRunRecord(
            new AssignmentRunRecord(started, finished, fields.Text("by") ?? "", fields.Text("swarm"), fields.Time("succeeded"),
                fields.Text("reason")),
            Count(fields, "maintained"), Count(fields, "assigned"), Count(fields, "skipped"), Count(fields, "archived"));

    private static int Count(RecordFields fields, string name) => (int)Math.Min(fields.Number(name) ?? 0, int.MaxValue);
}
