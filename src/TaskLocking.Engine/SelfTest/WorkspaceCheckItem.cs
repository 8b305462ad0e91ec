using System;

namespace TaskLocking;

/// <summary>One test of the self-test.</summary>
public sealed record WorkspaceCheckItem(string Name, bool Passed, string Detail, TimeSpan Duration) : ValueObject
{
    /// <summary>
    /// "Exclusion", "ExclusionAcrossProcesses", "ReleaseOnKill", "RenameOverOpenFile", "Flush", "Clock", "State", "Todos", "Archive",
    /// "Document", "Copies", "Owner", "Files", "Rights", "Mount".
    /// </summary>
    public string Name { get; } = Name;

    /// <summary>Whether it holds.</summary>
    public bool Passed { get; } = Passed;

    /// <summary>What was seen, in a sentence; with a failure also the remedy.</summary>
    public string Detail { get; } = TerminalText.Line(Detail);

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; } = Duration;
}
