using System;
using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>
/// The facts of a task after some of its fields were set: what a store reads when it puts the same change into the todo. To be asked once.
/// </summary>
internal readonly ref struct PatchedFacts
{
    private readonly IReadOnlyList<FieldChange> _fields;
    private readonly TodoField _set;

    /// <param name="fields">What is set; the last of one field counts.</param>
    public PatchedFacts(IReadOnlyList<FieldChange> fields)
    {
        _fields = fields;
        for (var i = 0; i < fields.Count; i++)
            _set |= fields[i].Name.Field;
    }

    /// <summary>The fields that are set.</summary>
    public TodoField Fields => _set;

    /// <summary>The facts, over those from before.</summary>
    public TaskFacts Over(in TaskFacts before) => new()
    {
        Id = before.Id,
        Name = Value(TodoField.Name, before.Name) is { Length: > 0 } name ? name : before.Name,
        Status = Value(TodoField.Status, before.Status),
        StatusText = Has(TodoField.Status) ? TodoWords.Of(Value(TodoField.Status, before.Status)) : before.StatusText,
        Priority = Value(TodoField.Priority, before.Priority),
        Assignee = Has(TodoField.Assignee | TodoField.Assignees) ? StoredForm.Of(Value<Assignee?>(TodoField.Assignee, null))
            : before.Assignee,
        Tags = List(TodoField.Tags, before.Tags),
        Dependencies = Dependencies(before.Dependencies),
        ContentAsStored = Has(TodoField.Content) ? new LongText(Value<string?>(TodoField.Content, null)) : before.ContentAsStored,
        Agent = Value(TodoField.Agent, before.Agent),
        TaskFile = Value(TodoField.TaskFile, before.TaskFile),
        Swarm = Value(TodoField.Swarm, before.Swarm),
        Parent = Value(TodoField.Parent, before.Parent),
        Requires = List(TodoField.Requires, before.Requires),
        Created = before.Created,
        LastModified = Value(TodoField.LastModified, before.LastModified),
        CompletedAt = Value(TodoField.CompletedAt, before.CompletedAt),
        Version = before.Version,
        HasUpdatedAt = before.HasUpdatedAt,
        Execution = Has(TodoField.Execution) ? Execution(before.Execution) : before.Execution,
        Foreign = Foreign(before.Foreign),
    };

    private TaskExecution Execution(TaskExecution before) => new()
    {
        MaxAttempt = Value(TodoField.MaxAttempt, before.MaxAttempt),
        RetryDelay = Has(TodoField.RetryDelay) ? StoredForm.Of(Value(TodoField.RetryDelay, before.RetryDelay)) : before.RetryDelay,
        TimeLimit = Has(TodoField.TimeLimit) ? StoredForm.Of(Value(TodoField.TimeLimit, before.TimeLimit)) : before.TimeLimit,
        NeedsReview = Value(TodoField.NeedsReview, before.NeedsReview),
        Files = List(TodoField.Files, before.Files),
        AllowedAgents = List(TodoField.AllowedAgents, before.AllowedAgents),
        Attempt = Value(TodoField.Attempt, before.Attempt),
        Strikes = Value(TodoField.Strikes, before.Strikes),
        NotBefore = Has(TodoField.NotBefore) ? StoredForm.Of(Value(TodoField.NotBefore, before.NotBefore)) : before.NotBefore,
        StartedAt = Has(TodoField.StartedAt) ? StoredForm.Of(Value(TodoField.StartedAt, before.StartedAt)) : before.StartedAt,
        Failure = Has(TodoField.Failure) ? StoredForm.Of(Value(TodoField.Failure, before.Failure)) : before.Failure,
        Block = Value(TodoField.Block, before.Block),
        Claim = Has(TodoField.Claim) ? StoredForm.Of(Value(TodoField.Claim, before.Claim)) : before.Claim,
    };

    // Of other tools a change leaves what it does not set; what it does set is ours then, and of ours nothing is there twice.
    private ForeignFacts Foreign(ForeignFacts before)
    {
        var list = Has(TodoField.Dependencies) ? Last(TodoField.Dependencies) as IForeignDependencies : null;
        if (ReferenceEquals(before, ForeignFacts.None) && list is null)
            return before;
        return (before with
        {
            Dependencies = Has(TodoField.Dependencies) ? list?.Unread ?? FixedList<string>.None : before.Dependencies,
            HasOwnDependencies = Has(TodoField.Dependencies) ? list is { IsPlain: false } : before.HasOwnDependencies,
            Doubles = before.Doubles & ~(_set | TodoField.Own),
            UnreadOwn = before.UnreadOwn & ~(_set | TodoField.Own),
            Assignee = Has(TodoField.Assignee | TodoField.Assignees) ? null : before.Assignee,
            HasAssignees = !Has(TodoField.Assignees) && before.HasAssignees,
            NotBefore = Has(TodoField.NotBefore | TodoField.DeferUntil) ? null : before.NotBefore,
            DeferUntil = Has(TodoField.DeferUntil) ? null : before.DeferUntil,
            Parent = Has(TodoField.Parent) ? null : before.Parent,
            HasDeferral = !Has(TodoField.DeferUntil) && before.HasDeferral,
        }).OrNone();
    }

    private IReadOnlyList<string> Dependencies(IReadOnlyList<string> before) =>
        !Has(TodoField.Dependencies) ? before
            : Last(TodoField.Dependencies) is IForeignDependencies list ? list.Ids : List(TodoField.Dependencies, before);

    private IReadOnlyList<string> List(TodoField field, IReadOnlyList<string> before) => Value<IReadOnlyList<string>?>(field, before) ?? [];

    // What is taken away is as if it had never been there.
    private T Value<T>(TodoField field, T before) => !Has(field) ? before : Last(field) is T value ? value : Default<T>(field);

    private static T Default<T>(TodoField field) => field == TodoField.MaxAttempt ? (T)(object)1 : default!;

    private object? Last(TodoField field)
    {
        for (var i = _fields.Count - 1; i >= 0; i--)
        {
            if (_fields[i].Name.Field == field)
                return _fields[i].Value;
        }
        return null;
    }

    private bool Has(TodoField field) => (_set & field) != TodoField.None;
}
