namespace TaskLocking;

/// <summary>The workspace that was found, and why it is this one.</summary>
public sealed record WorkspacePlace(string Folder, string Reason) : ValueObject
{
    /// <summary>The canonical full path.</summary>
    public string Folder { get; } = Folder;

    /// <summary>Why, as the end of a sentence: "it was named".</summary>
    public string Reason { get; } = TerminalText.Line(Reason);

    /// <summary>A <c>.todo2</c> that came with a linked worktree: a copy, which nobody reads or writes. Null if there is none.</summary>
    public string? Copy { get; internal init; }

    /// <summary>The reason, and the copy if there is one, in a sentence.</summary>
    public override string ToString() => Copy is null
        ? $"Workspace {Folder}: {Reason}."
        : $"Workspace {Folder}: {Reason}. '{Copy}' is a copy of its document, which is neither read nor written.";
}
