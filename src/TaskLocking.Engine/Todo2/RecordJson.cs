using System;
using TaskLocking.Automation;
using TaskLocking.Leases;

namespace TaskLocking.Storage;

/// <summary>Agents and file leases as JSON, in the journal and in the document.</summary>
internal static class RecordJson
{
    public static string Write(AgentProfile agent) => new JsonText()
        .Add("name", agent.Name).Add("type", agent.Type).Add("host", agent.Host).Add("capabilities", agent.Capabilities)
        .Add("maxTasks", agent.MaxTasks).Add("registered", agent.Registered).ToString();

    public static AgentProfile? Agent(RecordFields fields) => fields.Text("name") is not { Length: > 0 } name ? null : new AgentProfile(
        name,
        fields.Text("type") ?? "agent",
        fields.Text("host"),
        fields.List("capabilities"),
        fields.Number("maxTasks") is >= 1 and <= 1000 and var most ? (int)most : AgentProfile.DefaultMaxTasks,
        fields.Time("registered"));

    public static string Write(FileLease lease) => new JsonText()
        .Add("path", lease.Pattern).Add("agent", lease.Agent).Add("shared", lease.IsShared).Add("since", lease.Since)
        .Add("expires", lease.Expires).Add("task", lease.TaskId).Add("host", lease.Host).Add("pid", lease.Pid)
        .Add("processStart", lease.ProcessStart).Add("type", lease.Type).ToString();

    public static FileLease? File(RecordFields fields) =>
        fields.Text("path") is not { Length: > 0 } path || fields.Text("agent") is not { Length: > 0 } agent
        || fields.Time("expires") is not { } expires ? null
        : new FileLease(PathSyntax.Plain(path), agent, fields.Time("since") ?? expires, expires, fields.Flag("shared"),
            fields.Text("task"), fields.Text("host"), (int?)fields.Number("pid"), fields.Text("processStart"), fields.Text("type"), path);
}
