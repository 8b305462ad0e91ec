using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Model;

/// <summary>
/// What the store keeps beside the todos: agents, file leases, paused swarms, requests that it remembers, what of the archive
/// counts, and what the last nightly run did, under <c>taskLocking</c> at the top of the document. Immutable. Ours alone: what a
/// foreign writer does to them in the document does not count.
/// </summary>
internal sealed class StateRecords
{
    public const string AgentKind = "agent";
    public const string FileKind = "file";
    public const string SwarmKind = "swarm";
    public const string RequestKind = "request";
    public const string ArchiveKind = "archive";
    public const string RunKind = "run";

    public static StateRecords Empty { get; } = new(RecordList<AgentProfile>.Empty, RecordList<FileLease>.Empty,
        RecordList<SwarmPause>.Empty, RecordList<ServedRequest>.Empty, RecordList<ArchiveSegment>.Empty, null);

    private readonly RecordList<AgentProfile> _agents;
    private readonly RecordList<FileLease> _files;
    private readonly RecordList<SwarmPause> _swarms;
    private readonly RecordList<ServedRequest> _served;
    private readonly RecordList<ArchiveSegment> _archive;

    private StateRecords(RecordList<AgentProfile> agents, RecordList<FileLease> files, RecordList<SwarmPause> swarms,
        RecordList<ServedRequest> served, RecordList<ArchiveSegment> archive, AssignmentRunRecord? lastRun)
    {
        _agents = agents;
        _files = files;
        _swarms = swarms;
        _served = served;
        _archive = archive;
        LastRun = lastRun;
    }

    public IReadOnlyList<AgentProfile> Agents => _agents;

    public IReadOnlyList<FileLease> Files => _files;

    public IReadOnlyList<SwarmPause> Swarms => _swarms;

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => _agents.Count == 0 && _files.Count == 0 && _swarms.Count == 0 && _served.Count == 0
        && _archive.Count == 0 && LastRun is null;

    /// <summary>What the last nightly run did; null if none was.</summary>
    public AssignmentRunRecord? LastRun { get; }

    /// <summary>The parts of the archive that count, the oldest first.</summary>
    public IReadOnlyList<ArchiveSegment> Archive => _archive;

    /// <summary>Requests that are remembered, by their names.</summary>
    public IReadOnlyList<ServedRequest> Served => _served;

    /// <summary>The records of any state.</summary>
    public static StateRecords Of(ITaskState state)
    {
        var records = Empty;
        foreach (var agent in state.Agents)
            records = records.With(agent);
        foreach (var lease in state.FileLeases)
            records = records.With(lease);
        foreach (var pause in state.PausedSwarms)
            records = records.With(pause);
        foreach (var segment in state.Archive)
            records = records.With(segment);
        return state.LastRun is { } run ? records.With(run) : records;
    }

    /// <summary>The agent or host of this name, else the person.</summary>
    public AgentProfile? FindAgent(string name) => _agents.Find(name) ?? _agents.Find(AgentProfile.KeyOf(name, isPerson: true));

    public AgentProfile? AgentOf(string key) => _agents.Find(key);

    public FileLease? FileOf(string key) => _files.Find(key);

    public StateRecords With(AgentProfile agent) => new(_agents.With(agent.Key, agent), _files, _swarms, _served, _archive, LastRun);

    /// <summary>The same in place of what had another key.</summary>
    public StateRecords With(AgentProfile agent, string replaced) =>
        new StateRecords(_agents.Without(replaced), _files, _swarms, _served, _archive, LastRun).With(agent);

    public StateRecords With(FileLease lease) => new(_agents, _files.With(lease.Key, lease), _swarms, _served, _archive, LastRun);

    public ServedRequest? ServedOf(string id) => _served.Find(id);

    public StateRecords With(ServedRequest request) => new(_agents, _files, _swarms, _served.With(request.Id, request), _archive, LastRun);

    public StateRecords WithoutServed(string id) => new(_agents, _files, _swarms, _served.Without(id), _archive, LastRun);

    public SwarmPause? PauseOf(string swarm) => _swarms.Find(swarm);

    public StateRecords With(SwarmPause pause) => new(_agents, _files, _swarms.With(pause.Swarm, pause), _served, _archive, LastRun);

    public StateRecords WithoutSwarm(string swarm) => new(_agents, _files, _swarms.Without(swarm), _served, _archive, LastRun);

    public ArchiveSegment? SegmentOf(string name) => _archive.Find(name);

    public StateRecords With(ArchiveSegment segment) =>
        new(_agents, _files, _swarms, _served, _archive.With(segment.Name, segment), LastRun);

    public StateRecords WithoutSegment(string name) => new(_agents, _files, _swarms, _served, _archive.Without(name), LastRun);

    public StateRecords With(AssignmentRunRecord run) => new(_agents, _files, _swarms, _served, _archive, run);

    // Journals of older versions have one key for an agent and a person of its name, and for all who share a file under one name.
    public StateRecords WithoutAgent(string key) =>
        new(_agents.Without(_agents.Find(key) is null ? AgentProfile.KeyOf(key, isPerson: true) : key), _files, _swarms, _served, _archive,
            LastRun);

    public StateRecords WithoutFile(string key)
    {
        var files = _files.Without(key);
        if (ReferenceEquals(files, _files))
        {
            foreach (var lease in _files.Where(lease => lease.OlderKey == key))
                files = files.Without(lease.Key);
        }
        return new StateRecords(_agents, files, _swarms, _served, _archive, LastRun);
    }
}
