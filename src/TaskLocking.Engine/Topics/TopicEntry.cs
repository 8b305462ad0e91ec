namespace TaskLocking.Topics;

/// <summary>What stands in a topics' root under a name that begins with a digit.</summary>
/// <param name="FileName">The name in the root.</param>
/// <param name="Number">The number that it takes, or <see cref="TopicFolderName.None"/>.</param>
/// <param name="IsFolder">Whether it is a folder, or a link to one. A file takes its number too: two things must not be called 007.</param>
internal sealed record TopicEntry(string FileName, int Number, bool IsFolder)
{
    /// <summary>A folder that takes a number.</summary>
    public bool IsTopic => IsFolder && Number != TopicFolderName.None;

    /// <summary>What stands after the number and the underscore.</summary>
    public string Name => FileName[(FileName.IndexOf('_') + 1)..];
}
