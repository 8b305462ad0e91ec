namespace TaskLocking;

/// <summary>What became of the trust in a workspace.</summary>
/// <param name="Workspace">The canonical full path.</param>
/// <param name="Owner">Whose the store is; null where the system does not tell.</param>
/// <param name="IsOurs">Whether it may be used without being trusted: it is this user's own, or its folder's group is shared with him.</param>
/// <param name="IsTrusted">Whether it is trusted from now on.</param>
/// <param name="IsChanged">Whether that was otherwise before.</param>
public sealed record TrustedWorkspace(string Workspace, string? Owner, bool IsOurs, bool IsTrusted, bool IsChanged);
