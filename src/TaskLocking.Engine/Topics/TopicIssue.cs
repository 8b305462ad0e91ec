namespace TaskLocking.Topics;

/// <summary>One finding of a topic audit.</summary>
/// <param name="Kind">"duplicate", "gap", "misnamed" or "locked".</param>
/// <param name="Subject">The number, the range of numbers, the folder's name or the lock file.</param>
/// <param name="Message">A sentence: what is wrong and what to do.</param>
/// <param name="IsError">Duplicates, misnamed folders and a held lock are errors; a gap is a remark.</param>
public sealed record TopicIssue(string Kind, string Subject, string Message, bool IsError);
