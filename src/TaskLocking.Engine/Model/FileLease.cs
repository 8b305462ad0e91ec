using System;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>A lease on a path or a pattern of paths: one writer, or several readers, over many short commands.</summary>
public sealed record FileLease(
    string Path,
    string Agent,
    DateTimeOffset Since,
    DateTimeOffset Expires,
    bool IsShared = false,
    string? TaskId = null,
    string? Host = null,
    int? Pid = null,
    string? ProcessStart = null,
    string? Type = null,
    string? Pattern = null,
    string? Worktree = null) : BoardObject
{
    /// <summary>
    /// Relative to the workspace with '/' between its parts ("src/a.cs", "../shared/x"), or a pattern ("src/**/*.cs"), as people read it.
    /// </summary>
    public string Path { get; } = Path;

    /// <summary>
    /// The same as a request takes it: letters of a pattern that are part of a name stand in brackets ("app/[[]id].tsx").
    /// </summary>
    public string Pattern { get; } = Pattern ?? Path;

    /// <summary>Who has it.</summary>
    public string Agent { get; } = Agent;

    /// <summary>Since when; a renewal keeps it.</summary>
    public DateTimeOffset Since { get; } = Since;

    /// <summary>Until when, unless it is renewed or its process is seen to live.</summary>
    public DateTimeOffset Expires { get; } = Expires;

    /// <summary>True: others may share it too. False: nobody else has any lease that overlaps.</summary>
    public bool IsShared { get; } = IsShared;

    /// <summary>The task whose claim it was taken with; it goes with that claim.</summary>
    public string? TaskId { get; } = TaskId;

    /// <summary>The host of the holder's process.</summary>
    public string? Host { get; } = Host;

    /// <summary>The holder's process; null: time alone judges.</summary>
    public int? Pid { get; } = Pid;

    /// <summary>When that process started, in the system's own words.</summary>
    public string? ProcessStart { get; } = ProcessStart;

    /// <summary>"human" where a person has it; null: an agent or a host.</summary>
    public string? Type { get; } = Type;

    /// <summary>
    /// The one working tree of git whose file it is on, relative to the workspace ("../fix-7", "." where that is the tree itself); null: it
    /// is on the file in all of them.
    /// </summary>
    public string? Worktree { get; } = Worktree;

    internal bool IsPersons => Person.Is(Type);

    /// <summary>
    /// What it is kept by: an agent has one lease on a path that it took by hand, and one for each claim that it came with. Of those that
    /// share under one name each process has its own.
    /// </summary>
    internal string Key => OlderKey + (IsPersons ? "\n\n" + Type : "")
        + (IsShared && TaskId is null && Pid is not null ? "\n\n\n" + Pid + " " + ProcessStart : "")
        + (Worktree is null ? "" : "\n\n\n\n" + Worktree);

    /// <summary>By what older versions kept it.</summary>
    internal string OlderKey => Agent + "\n" + Pattern + (TaskId is null ? "" : "\n" + TaskId);
}
