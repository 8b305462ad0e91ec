namespace TaskLocking;

/// <summary>The workspace that was found, and why it is this one.</summary>
public sealed record WorkspacePlace(string Folder, string Reason) : ValueObject
{
    /// <summary>The canonical full path; of a board in a database the folder that its tasks are about here.</summary>
    public string Folder { get; } = Folder;

    /// <summary>The address of a board in a database, <c>postgres://…</c>; null for one in the folder.</summary>
    public string? Address { get; internal init; }

    /// <summary>Why, as the end of a sentence: "it was named".</summary>
    public string Reason { get; } = TerminalText.Line(Reason);

    /// <summary>A <c>.todo2</c> that came with a linked worktree: a copy, which nobody reads or writes. Null if there is none.</summary>
    public string? Copy { get; internal init; }

    /// <summary>The reason, and the copy if there is one, in a sentence.</summary>
    public override string ToString() => Address is not null
        ? $"Workspace {Address}, for files in {Folder}: {Reason}."
        : Copy is null ? $"Workspace {Folder}: {Reason}."
        : $"Workspace {Folder}: {Reason}. '{Copy}' is a copy of its document, which is neither read nor written.";
}
