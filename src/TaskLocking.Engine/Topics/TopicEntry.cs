namespace TaskLocking.Topics;

/// <summary>What stands in a topics' root under a name that begins with a digit.</summary>
/// <param name="FileName">The name in the root.</param>
/// <param name="Number">The number that it takes, or one of the constants of <see cref="TopicFolderName"/> for none.</param>
/// <param name="IsFolder">Whether it is a folder, or a link to one. A file takes its number too: two things must not be called 007.</param>
internal sealed record TopicEntry(string FileName, int Number, bool IsFolder)
{
    /// <summary>A folder that takes a number.</summary>
    public bool IsTopic => IsFolder && Number >= 0;

    /// <summary>What stands after the number and what joins them.</summary>
    public string Name => FileName[TopicFolderName.NameStart(FileName)..];
}
