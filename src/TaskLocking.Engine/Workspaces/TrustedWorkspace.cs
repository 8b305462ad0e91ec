namespace TaskLocking;

/// <summary>What became of the trust in a workspace.</summary>
public sealed record TrustedWorkspace(string Workspace, string? Owner, bool IsOurs, bool IsTrusted, bool IsChanged) : ValueObject
{
    /// <summary>The canonical full path.</summary>
    public string Workspace { get; } = Workspace;

    /// <summary>Whose the store is; null where the system does not tell.</summary>
    public string? Owner { get; } = Owner;

    /// <summary>Whether it may be used without being trusted: it is this user's own, or its folder's group is shared with him.</summary>
    public bool IsOurs { get; } = IsOurs;

    /// <summary>Whether it is trusted from now on.</summary>
    public bool IsTrusted { get; } = IsTrusted;

    /// <summary>Whether that was otherwise before.</summary>
    public bool IsChanged { get; } = IsChanged;
}
