namespace TaskLocking.Topics;

/// <summary>What an allocation gave for one name.</summary>
/// <param name="FileName">The folder's name in the root.</param>
/// <param name="Created">False if it was there.</param>
internal sealed record TopicFolder(string FileName, bool Created);
