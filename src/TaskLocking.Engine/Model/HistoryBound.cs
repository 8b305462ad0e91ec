namespace TaskLocking.Model;

/// <summary>
/// How much of a task's history its todo keeps: each change of the task, and each publication of the document, carries it along. Notes have
/// no such bound: they are what people and agents hand over by, and stay with the task however many they are.
/// </summary>
internal static class HistoryBound
{
    /// <summary>More than this many entries are not kept: some 30 KB, a tenth of what a reader of the document notices.</summary>
    public const int Most = 200;

    /// <summary>So many stay then: what a person looks at, and the archive is written once in a hundred changes.</summary>
    public const int Kept = 100;

    /// <summary>An entry of ours has at least so many bytes.</summary>
    public const int LeastEntry = 95;

    /// <summary>A todo that is shorter has no more of ours than may stay.</summary>
    public const int LeastLength = Most * LeastEntry;
}
