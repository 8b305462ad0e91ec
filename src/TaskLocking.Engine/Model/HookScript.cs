namespace TaskLocking;

/// <summary>A script that a workspace has for a kind of event.</summary>
/// <param name="Kind">For what.</param>
/// <param name="Path">Where it stands.</param>
/// <param name="Digest">SHA-256 of its content in hexadecimal; null where it may not be used.</param>
/// <param name="IsTrusted">Whether this user has agreed to run just this content, here and for this kind.</param>
/// <param name="Fault">Why it may not be used at all; null if nothing stands in the way but trust.</param>
public sealed record HookScript(HookEventKind Kind, string Path, string? Digest, bool IsTrusted, string? Fault) : BoardObject
{
    /// <summary>For what.</summary>
    public HookEventKind Kind { get; } = Kind;

    /// <summary>Where it stands.</summary>
    public string Path { get; } = Path;

    /// <summary>SHA-256 of its content in hexadecimal; null where it may not be used.</summary>
    public string? Digest { get; } = Digest;

    /// <summary>Whether this user has agreed to run just this content, here and for this kind.</summary>
    public bool IsTrusted { get; } = IsTrusted;

    /// <summary>Why it may not be used at all; null if nothing stands in the way but trust.</summary>
    public string? Fault { get; } = Fault;

    /// <summary>The copy that runs, which is this user's alone; null where it was not asked for, or may not run.</summary>
    public string? Program { get; internal init; }
}
