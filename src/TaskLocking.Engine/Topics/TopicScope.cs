namespace TaskLocking;

/// <summary>Among whom a topic's number is the only one.</summary>
public enum TopicScope
{
    /// <summary>In its folder, which lies in no repository of git.</summary>
    Folder,

    /// <summary>Here, as far as could be seen: less was known than was asked for, and a warning says what.</summary>
    Local,

    /// <summary>In all working trees and branches of this repository, with those of others that it has fetched.</summary>
    Repository,

    /// <summary>In all clones that reserve their numbers at the same remote, too.</summary>
    Remote,
}
