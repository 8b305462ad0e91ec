using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>The tasks as a store keeps them from one commit to the next: what a draft asks beside them.</summary>
internal interface IBoard : ITaskState, ITaskSources, IGraphSource, IFamilySource, INameSource
{
    /// <summary>Agents and file leases.</summary>
    StateRecords Records { get; }

    /// <summary>The <c>taskNumber</c> of the next new task; null if the document does not number them.</summary>
    long? NextTaskNumber { get; }

    /// <summary>The graph if it is there already.</summary>
    TaskGraph? BuiltGraph { get; }

    /// <summary>Where a task comes from, without reading the task; null if it is not there.</summary>
    ITaskSource? FindSource(string id);
}
