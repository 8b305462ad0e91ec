using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Model;

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
    public static StateRecords Of(ITaskState state)
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

    public AgentProfile? AgentOf(string key) => _agents.Find(key);

    public FileLease? FileOf(string key) => _files.Find(key);

    public StateRecords With(AgentProfile agent) => new(_agents.With(agent.Key, agent), _files);

    /// <summary>The same in place of what had another key.</summary>
    public StateRecords With(AgentProfile agent, string replaced) => new StateRecords(_agents.Without(replaced), _files).With(agent);

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
}
