using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>The audit of a topics' root.</summary>
public sealed record TopicReport(string SpecsDirectory, int Count, int Highest, IReadOnlyList<TopicIssue> Issues, bool Passed) : BoardObject
{
    /// <summary>The root, full path.</summary>
    public string SpecsDirectory { get; } = SpecsDirectory;

    /// <summary>How many topics there are.</summary>
    public int Count { get; } = Count;

    /// <summary>The highest number, 0 if there is none.</summary>
    public int Highest { get; } = Highest;

    /// <summary>What was found.</summary>
    public IReadOnlyList<TopicIssue> Issues { get; } = FixedList<TopicIssue>.Of(Issues);

    /// <summary>No finding is an error.</summary>
    public bool Passed { get; } = Passed;
}
