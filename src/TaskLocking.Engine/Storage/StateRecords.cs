using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using TaskLocking.Automation;
using TaskLocking.Leases;

namespace TaskLocking.Storage;

/// <summary>
/// What the store keeps beside the todos: agents and file leases, under <c>taskLocking</c> at the top of the document. Immutable; there
/// are few of them, so a change copies. Ours alone: what a foreign writer does to them in the document does not count.
/// </summary>
internal sealed class StateRecords
{
    public const string AgentKind = "agent";
    public const string FileKind = "file";

    public static StateRecords Empty { get; } = new([], []);

    private readonly SortedDictionary<string, AgentProfile> _agents;
    private readonly SortedDictionary<string, FileLease> _files;

    private StateRecords(IEnumerable<AgentProfile> agents, IEnumerable<FileLease> files)
    {
        _agents = new SortedDictionary<string, AgentProfile>(StringComparer.Ordinal);
        _files = new SortedDictionary<string, FileLease>(StringComparer.Ordinal);
        foreach (var agent in agents)
            _agents[agent.Name] = agent;
        foreach (var file in files)
            _files[file.Key] = file;
    }

    /// <summary>The records of any state.</summary>
    public static StateRecords Of(Tasks.ITaskState state) => new(state.Agents, state.FileLeases);

    public IReadOnlyCollection<AgentProfile> Agents => _agents.Values;

    public IReadOnlyCollection<FileLease> Files => _files.Values;

    public AgentProfile? FindAgent(string name) => _agents.TryGetValue(name, out var agent) ? agent : null;

    public StateRecords With(AgentProfile agent) => new(_agents.Values.Append(agent), _files.Values);

    public StateRecords With(FileLease lease) => new(_agents.Values, _files.Values.Append(lease));

    public StateRecords WithoutAgent(string name) => new(_agents.Values.Where(agent => agent.Name != name), _files.Values);

    public StateRecords WithoutFile(string key) => new(_agents.Values, _files.Values.Where(lease => lease.Key != key));

    /// <summary>Applies an operation of the journal: the reader stands behind its first name, <c>record</c>, and is left at the end of its last value.</summary>
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
            return RecordJson.Agent(fields) is { } agent ? With(agent) : this;
        return RecordJson.File(fields) is { } file ? With(file) : this;
    }

    /// <summary>The members of a document's mark that show the records, each with a comma behind it; empty when there are none.</summary>
    public string Text() => List("agents", _agents.Values.Select(RecordJson.Write)) + List("files", _files.Values.Select(RecordJson.Write));

    /// <summary>Reads one of those members; the reader stands at its value and is left at the end of it.</summary>
    public static StateRecords Read(ref Utf8JsonReader reader, string? name, StateRecords records)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return records;
        }
        var agents = new List<AgentProfile>(records.Agents);
        var files = new List<FileLease>(records.Files);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var fields = new RecordFields(ref reader);
            if (name == "agents" && RecordJson.Agent(fields) is { } agent)
                agents.Add(agent);
            else if (name == "files" && RecordJson.File(fields) is { } file)
                files.Add(file);
        }
        return new StateRecords(agents, files);
    }

    private static string List(string name, IEnumerable<string> items)
    {
        var text = string.Join(",", items);
        return text.Length == 0 ? "" : "\"" + name + "\":[" + text + "],";
    }
}
