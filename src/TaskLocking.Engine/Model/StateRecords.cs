using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using TaskLocking.Automation;
using TaskLocking.Leases;

namespace TaskLocking.Storage;

/// <summary>
/// What the store keeps beside the todos: agents and file leases, under <c>taskLocking</c> at the top of the document. Immutable.
/// Ours alone: what a foreign writer does to them in the document does not count.
/// </summary>
internal sealed class StateRecords
{
    public const string AgentKind = "agent";
    public const string FileKind = "file";

    public static StateRecords Empty { get; } = new(RecordList<AgentProfile>.Empty, RecordList<FileLease>.Empty);

    private readonly RecordList<AgentProfile> _agents;
    private readonly RecordList<FileLease> _files;

    private StateRecords(RecordList<AgentProfile> agents, RecordList<FileLease> files)
    {
        _agents = agents;
        _files = files;
    }

    public IReadOnlyList<AgentProfile> Agents => _agents;

    public IReadOnlyList<FileLease> Files => _files;

    /// <summary>The records of any state.</summary>
    public static StateRecords Of(Tasks.ITaskState state)
    {
        var records = Empty;
        foreach (var agent in state.Agents)
            records = records.With(agent);
        foreach (var lease in state.FileLeases)
            records = records.With(lease);
        return records;
    }

    /// <summary>The agent or host of this name, else the person.</summary>
    public AgentProfile? FindAgent(string name) => _agents.Find(name) ?? _agents.Find(AgentProfile.KeyOf(name, isPerson: true));

    public StateRecords With(AgentProfile agent) => new(_agents.With(agent.Key, agent), _files);

    public StateRecords With(FileLease lease) => new(_agents, _files.With(lease.Key, lease));

    // Journals of older versions have one key for an agent and a person of its name, and for all who share a file under one name.
    public StateRecords WithoutAgent(string key) =>
        new(_agents.Without(_agents.Find(key) is null ? AgentProfile.KeyOf(key, isPerson: true) : key), _files);

    public StateRecords WithoutFile(string key)
    {
        var files = _files.Without(key);
        if (ReferenceEquals(files, _files))
        {
            foreach (var lease in _files.Where(lease => lease.OlderKey == key))
                files = files.Without(lease.Key);
        }
        return new StateRecords(_agents, files);
    }

    /// <summary>
    /// Applies an operation of the journal: the reader stands behind its first name, <c>record</c>, and is left at the end of its last
    /// value.
    /// </summary>
    public StateRecords Apply(ref Utf8JsonReader reader)
    {
        var kind = reader.GetString();
        reader.Read();
        reader.Read();
        var key = reader.GetString()!;
        reader.Read();
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return kind == AgentKind ? WithoutAgent(key) : WithoutFile(key);
        var fields = new RecordFields(ref reader);
        if (kind == AgentKind)
            return RecordJson.Agent(fields) is { } agent
                ? (key == agent.Key ? this : new StateRecords(_agents.Without(key), _files)).With(agent) : this;
        return RecordJson.File(fields) is { } file ? With(file) : this;
    }

    /// <summary>The members of a document's mark that show the records, each with a comma behind it; empty when there are none.</summary>
    public string Text() => List("agents", _agents.Select(RecordJson.Write)) + List("files", _files.Select(RecordJson.Write));

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
            if (name == "agents" && RecordJson.Agent(fields) is { } agent)
                records = records.With(agent);
            else if (name == "files" && RecordJson.File(fields) is { } file)
                records = records.With(file);
        }
        return records;
    }

    private static string List(string name, IEnumerable<string> items)
    {
        var text = string.Join(",", items);
        return text.Length == 0 ? "" : "\"" + name + "\":[" + text + "],";
    }
}
