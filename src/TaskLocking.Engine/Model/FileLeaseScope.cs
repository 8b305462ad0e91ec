namespace TaskLocking;

/// <summary>What a path of a lease means in a repository of git that has several working trees.</summary>
public enum FileLeaseScope
{
    /// <summary>The file in every tree, for what is changed in two of them has to be merged.</summary>
    Repository,

    /// <summary>The file of one tree, beside other leases of that kind on the same file in other trees.</summary>
    Worktree,
}
