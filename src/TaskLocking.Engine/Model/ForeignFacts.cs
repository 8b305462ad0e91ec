using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Model;

/// <summary>
/// What a todo that another tool wrote tells in a way of its own: what of it was not understood, and so keeps the task from being taken,
/// and what has to go when we write the same in our way. Most todos have nothing of it and share <see cref="None"/>.
/// </summary>
internal sealed record ForeignFacts
{
    public static ForeignFacts None { get; } = new();

    /// <summary>Dependencies that are not understood, as the todo writes them, without white space between their parts.</summary>
    public IReadOnlyList<string> Dependencies { get; init => field = FixedList<string>.Of(value); } = FixedList<string>.None;

    /// <summary>Whether dependencies stand elsewhere than in a list of texts called <c>dependencies</c>.</summary>
    public bool HasOwnDependencies { get; init; }

    /// <summary>Who has it, where that is not understood.</summary>
    public string? Assignee { get; init; }

    /// <summary>Whether it names who has it in a list.</summary>
    public bool HasAssignees { get; init; }

    /// <summary>When it may be started, where that is not understood.</summary>
    public string? NotBefore { get; init; }

    /// <summary>When it may be started, as another tool says it.</summary>
    public DateTimeOffset? DeferUntil { get; init; }

    /// <summary>Whether it says so at all.</summary>
    public bool HasDeferral { get; init; }

    /// <summary>Whether the time when it was made tells no offset.</summary>
    public bool IsCreatedNaive { get; init; }

    /// <summary>
    /// What it is a part of, where that is not understood: no parent, which is told, and keeps the task from nothing.
    /// </summary>
    public string? Parent { get; init; }

    /// <summary>
    /// The members that decide and are there twice: <see cref="TodoField.Other"/> is the id. Readers see one of them, and nobody can tell
    /// which was meant.
    /// </summary>
    public TodoField Doubles { get; init; }

    /// <summary>
    /// What we keep of the task and cannot be read; <see cref="TodoField.Own"/> is all of it. Nobody can tell what it was: a claim,
    /// perhaps.
    /// </summary>
    public TodoField UnreadOwn { get; init; }

    /// <summary>Whether nothing in it keeps the task from being taken.</summary>
    public bool IsUnderstood => Dependencies.Count == 0 && Assignee is null && NotBefore is null && Doubles == TodoField.None
        && UnreadOwn == TodoField.None;

    /// <summary>What does, each with the name of its field.</summary>
    public IReadOnlyList<string> NotUnderstood => IsUnderstood ? FixedList<string>.None : FixedList<string>.Of(
    [
        .. Dependencies.Select(text => "dependencies: " + text),
        .. Assignee is null ? Array.Empty<string>() : ["assignee: " + Assignee],
        .. NotBefore is null ? Array.Empty<string>() : ["not before: " + NotBefore],
        .. DoubleNames.Select(name => $"the member '{name}' is there twice"),
        .. UnreadOwnNames.Select(name => name + " cannot be read"),
    ]);

    /// <summary>Whether one of ours cannot be read.</summary>
    public bool HasUnread(TodoField own) => (UnreadOwn & own) != TodoField.None;

    /// <summary>Those that cannot, as the document calls them.</summary>
    public IEnumerable<string> UnreadOwnNames => OwnDeciding.Where(member => HasUnread(member.Field)).Select(member => member.Name);

    private static readonly Member[] OwnDeciding =
    [
        new(TodoField.Own, "taskLocking"), new(TodoField.Claim, "taskLocking.claim"), new(TodoField.AllowedAgents, "taskLocking.allow"),
        new(TodoField.Requires, "taskLocking.requires"), new(TodoField.Files, "taskLocking.files"),
        new(TodoField.NeedsReview, "taskLocking.review"),
    ];

    /// <summary>Whether one of these members is there twice.</summary>
    public bool HasDouble(TodoField members) => (Doubles & members) != TodoField.None;

    /// <summary>The members that are there twice, as the document calls them.</summary>
    public IEnumerable<string> DoubleNames =>
        Deciding.Where(member => HasDouble(member.Field)).Select(member => member.Name);

    private static readonly Member[] Deciding =
    [
        new(TodoField.Other, "id"), new(TodoField.Status, "status"), new(TodoField.State, "state"),
        new(TodoField.Dependencies, "dependencies"),
        new(TodoField.Assignee, "assignee"), new(TodoField.Assignees, "assignees"), new(TodoField.Own, "taskLocking"),
    ];

    /// <summary>The same, or the one that all share.</summary>
    public ForeignFacts OrNone() => Equals(None) ? None : this;

    private readonly record struct Member(TodoField Field, string Name);
}
