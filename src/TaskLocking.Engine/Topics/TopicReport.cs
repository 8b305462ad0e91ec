using System.Collections.Generic;

namespace TaskLocking.Topics;

/// <summary>The audit of a topics' root.</summary>
/// <param name="SpecsDirectory">The root, full path.</param>
/// <param name="Count">How many topics there are.</param>
/// <param name="Highest">The highest number, 0 if there is none.</param>
/// <param name="Issues">What was found.</param>
/// <param name="Passed">No finding is an error.</param>
public sealed record TopicReport(string SpecsDirectory, int Count, int Highest, IReadOnlyList<TopicIssue> Issues, bool Passed);
