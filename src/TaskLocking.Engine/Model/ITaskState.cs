using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>The tasks at one version, in document order. A snapshot: it does not change.</summary>
internal interface ITaskState
{
    /// <summary>The number of commits that led here.</summary>
    long Version { get; }

    /// <summary>How many tasks there are.</summary>
    int Count { get; }

    /// <summary>All tasks in document order. Parses each when it is reached.</summary>
    IEnumerable<AgentTask> Tasks { get; }

    /// <summary>The task with exactly this id, or null. Parses this one only.</summary>
    AgentTask? Find(string id);

    /// <summary>The registered agents, by name.</summary>
    IReadOnlyCollection<AgentProfile> Agents { get; }

    /// <summary>The agent with exactly this name, or null.</summary>
    AgentProfile? FindAgent(string name);

    /// <summary>The leases on files, also those that have lapsed and were not yet taken away, by agent and path.</summary>
    IReadOnlyCollection<FileLease> FileLeases { get; }

    /// <summary>The swarms whose tasks are not given out, by name.</summary>
    IReadOnlyCollection<SwarmPause> PausedSwarms { get; }

    /// <summary>The parts of the archive that count, the oldest first.</summary>
    IReadOnlyList<ArchiveSegment> Archive { get; }

    /// <summary>What the last nightly run did; null if none was.</summary>
    AssignmentRunRecord? LastRun { get; }
}
