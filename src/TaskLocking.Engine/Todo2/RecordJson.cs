using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using TaskLocking.Model;
using TaskLocking.Paths;

namespace TaskLocking.Todo2;

/// <summary>Agents, file leases and paused swarms as JSON, in the journal and in the document.</summary>
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
        .Add("processStart", lease.ProcessStart).Add("type", lease.Type)
        .Add("worktree", lease.Worktree).ToString();

    public static FileLease? File(RecordFields fields) =>
        fields.Text("path") is not { Length: > 0 } path || fields.Text("agent") is not { Length: > 0 } agent
        || fields.Time("expires") is not { } expires ? null
        : new FileLease(PathSyntax.Plain(path), agent, fields.Time("since") ?? expires, expires, fields.Flag("shared"),
            fields.Text("task"), fields.Text("host"), (int?)fields.Number("pid"), fields.Text("processStart"), fields.Text("type"), path,
            fields.Text("worktree"));

    public static string Write(SwarmPause pause) => new JsonText()
        .Add("swarm", pause.Swarm).Add("since", pause.Since).Add("by", pause.By).Add("reason", pause.Reason).ToString();

    public static SwarmPause? Swarm(RecordFields fields) => fields.Text("swarm") is not { Length: > 0 } swarm ? null
        : new SwarmPause(swarm, fields.Time("since") ?? default, fields.Text("by") ?? "", fields.Text("reason"));

    /// <summary>
    /// Applies an operation of the journal: the reader stands behind its first name, <c>record</c>, and is left at the end of its last
    /// value.
    /// </summary>
    public static StateRecords Apply(StateRecords records, ref Utf8JsonReader reader)
    {
        var kind = reader.GetString();
        reader.Read();
        reader.Read();
        var key = reader.GetString() ?? throw new JsonException("A record has no key.");
        reader.Read();
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return kind switch
            {
                StateRecords.AgentKind => records.WithoutAgent(key),
                StateRecords.RequestKind => records.WithoutServed(key),
                StateRecords.SwarmKind => records.WithoutSwarm(key),
                StateRecords.ArchiveKind => records.WithoutSegment(key),
                StateRecords.RunKind => records,
                _ => records.WithoutFile(key),
            };
        var fields = new RecordFields(ref reader);
        if (kind == StateRecords.AgentKind)
            return Agent(fields) is not { } agent ? records : key == agent.Key ? records.With(agent) : records.With(agent, key);
        if (kind == StateRecords.RequestKind)
            return ServedRequestJson.Read(fields) is { } request ? records.With(request) : records;
        if (kind == StateRecords.SwarmKind)
            return Swarm(fields) is { } pause ? records.With(pause) : records;
        if (kind == StateRecords.ArchiveKind)
            return ArchiveSegmentJson.Read(fields) is { } segment ? records.With(segment) : records;
        if (kind == StateRecords.RunKind)
            return RunRecordJson.Read(fields) is { } run ? records.With(run) : records;
        return File(fields) is { } file ? records.With(file) : records;
    }

    /// <summary>The members of a document's mark that show the records, each with a comma behind it; empty when there are none.</summary>
    public static string Text(StateRecords records) =>
        List("agents", records.Agents.Select(Write)) + List("files", records.Files.Select(Write))
            + List("requests", records.Served.Select(ServedRequestJson.Write))
            + List("swarms", records.Swarms.Select(Write)) + List("archive", records.Archive.Select(ArchiveSegmentJson.Write))
            + List("runs", records.LastRun is { } run ? [RunRecordJson.Write(run)] : []);

    /// <summary>Reads one of those members; the reader stands at its value and is left at the end of it.</summary>
    public static StateRecords Read(ref Utf8JsonReader reader, string? name, StateRecords records)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return records;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var fields = new RecordFields(ref reader);
            if (name == "agents" && Agent(fields) is { } agent)
                records = records.With(agent);
            else if (name == "files" && File(fields) is { } file)
                records = records.With(file);
            else if (name == "requests" && ServedRequestJson.Read(fields) is { } request)
                records = records.With(request);
            else if (name == "swarms" && Swarm(fields) is { } pause)
                records = records.With(pause);
            else if (name == "archive" && ArchiveSegmentJson.Read(fields) is { } segment)
                records = records.With(segment);
            else if (name == "runs" && RunRecordJson.Read(fields) is { } run)
                records = records.With(run);
        }
        return records;
    }

    private static string List(string name, IEnumerable<string> items)
    {
        var text = string.Join(",", items);
        return text.Length == 0 ? "" : "\"" + name + "\":[" + text + "],";
    }
}
