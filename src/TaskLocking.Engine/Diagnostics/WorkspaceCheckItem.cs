using System;

namespace TaskLocking.Diagnostics;

/// <summary>One test of the self-test.</summary>
/// <param name="Name">"Exclusion", "ExclusionAcrossProcesses", "ReleaseOnKill", "RenameOverOpenFile", "Flush", "Clock", "State", "Document", "Copies", "Owner", "Files",
/// "Rights", "Mount".</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Detail">What was seen, in a sentence; with a failure also the remedy.</param>
/// <param name="Duration">How long it took.</param>
public sealed record WorkspaceCheckItem(string Name, bool Passed, string Detail, TimeSpan Duration);
