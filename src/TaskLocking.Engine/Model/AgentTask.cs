using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// A task as it stood at one moment: the known fields of its todo, typed. Nobody can change it; a later change makes a new one.
/// Fields that are not known here stay in the todo untouched: see <see cref="ToJson"/>.
/// </summary>
public sealed record AgentTask : BoardObject
{
    private readonly TaskFacts _facts;

    internal AgentTask(in TaskFacts facts, ITaskSource? source = null, ChildTally? children = null)
    {
        _facts = facts;
        Source = source;
        Children = children;
    }

    // A shell hangs members of its own on an object. A copy is for those who must not see them on anybody else's.
    private AgentTask(AgentTask other)
        : base(other)
    {
        _facts = other._facts.Apart();
        Source = other.Source;
        Children = other.Children is null ? null : other.Children with { };
    }

    /// <summary>The identity, compared ordinally.</summary>
    public string Id => _facts.Id;

    /// <summary>A line for people.</summary>
    public string Name => _facts.Name;

    /// <summary>Where it stands.</summary>
    public AgentTaskStatus Status => _facts.Status;

    /// <summary>The status as the document writes it.</summary>
    public string StatusText => _facts.StatusText;

    /// <summary>How urgent.</summary>
    public TaskPriority Priority => _facts.Priority;

    /// <summary>Who has it; null when nobody has.</summary>
    public Assignee? Assignee => _facts.Assignee;

    /// <summary>Free labels.</summary>
    public IReadOnlyList<string> Tags => _facts.Tags;

    /// <summary>Ids that must be done before; <c>dependencies</c> of the todo, and what other tools call them.</summary>
    public IReadOnlyList<string> Dependencies => _facts.Dependencies;

    /// <summary>The text: <c>content</c>, else <c>long_description</c>, else <c>description</c>.</summary>
    public string? Content => _facts.Content;

    /// <summary>The same as <see cref="TaskFacts.ContentAsStored"/>.</summary>
    internal LongText GetContentAsStored() => _facts.ContentAsStored;

    /// <summary>The agent that it is meant for.</summary>
    public string? Agent => _facts.Agent;

    /// <summary>The file that describes the work.</summary>
    public string? TaskFile => _facts.TaskFile;

    /// <summary>The swarm that it belongs to.</summary>
    public string? Swarm => _facts.Swarm;

    /// <summary>The task that it is a part of; null if of none. No task may have that id where a document says so.</summary>
    public string? Parent => _facts.Parent;

    /// <summary>How far its children are; null for a task that had none when it was read, and for one that a verb answers.</summary>
    public ChildTally? Children { get; }

    /// <summary>Capabilities that an agent must have.</summary>
    public IReadOnlyList<string> Requires => _facts.Requires;

    /// <summary>When it was made; null if the todo does not tell.</summary>
    public DateTimeOffset? Created => _facts.Created;

    /// <summary>When it last changed; null if the todo does not tell.</summary>
    public DateTimeOffset? LastModified => _facts.LastModified;

    /// <summary>When it was done.</summary>
    public DateTimeOffset? CompletedAt => _facts.CompletedAt;

    /// <summary>The store's version that last changed it, for <c>-IfVersion</c>; 0 as long as only others wrote it.</summary>
    public long Version => Source?.Version ?? _facts.Version;

    /// <summary>Who works on it, as a lease; null when nobody does.</summary>
    public TaskClaim? Claim => Execution.Claim;

    /// <summary>How many times it was started.</summary>
    public int Attempt => Execution.Attempt;

    /// <summary>How many times it may be started before a failure is final; 1 unless the definition says more.</summary>
    public int MaxAttempt => Execution.MaxAttempt;

    /// <summary>The wait before the second attempt; each later one doubles it. Null: 30 s.</summary>
    public TimeSpan? RetryDelay => Execution.RetryDelay;

    /// <summary>How long it may run before it fails; null: as long as it takes.</summary>
    public TimeSpan? TimeLimit => Execution.TimeLimit;

    /// <summary>Not to be started before this time; null: at once.</summary>
    public DateTimeOffset? NotBefore => Execution.NotBefore is { } time && !(Foreign.DeferUntil > time) ? time : Foreign.DeferUntil;

    /// <summary>When the running attempt was started; null while none runs.</summary>
    public DateTimeOffset? StartedAt => Execution.StartedAt;

    /// <summary>How many holders died or fell silent over it since it was last restarted by hand or done.</summary>
    public int Strikes => Execution.Strikes;

    /// <summary>Why it failed, or was rejected, last; null if it did not, or was done since.</summary>
    public TaskFailure? Failure => Execution.Failure;

    /// <summary>The failure that keeps it from starting; null if none does.</summary>
    public TaskBlock? BlockedBy => Execution.Block;

    /// <summary>Whether a person has to approve it: an agent that completes it brings it to Review.</summary>
    public bool NeedsReview => Execution.NeedsReview;

    /// <summary>The paths and patterns that it will touch, relative to the workspace; taken with the claim.</summary>
    public IReadOnlyList<string> Files => Execution.Files;

    /// <summary>Who may take it; empty: everybody who has the capabilities.</summary>
    public IReadOnlyList<string> AllowedAgents => Execution.AllowedAgents;

    /// <summary>
    /// What another tool wrote into its todo and nobody understands, with the name of its field: it keeps the task from being taken. Empty
    /// if there is nothing.
    /// </summary>
    public IReadOnlyList<string> NotUnderstood => Foreign.NotUnderstood;

    /// <summary>Whether it was closed long ago and left the document: it lies in the archive, and no verb reaches it there.</summary>
    public bool IsArchived => Source?.IsArchived == true;

    /// <summary>What people and agents left on it, of whichever tool, in the order in which the todo has it.</summary>
    public IReadOnlyList<TaskNote> Notes => Source is { } source ? FixedList<TaskNote>.Of(source.ReadNotes()) : [];

    /// <summary>What the work came to: the last note of that kind; null if there is none.</summary>
    public string? Result => Notes.LastOrDefault(note => note.Kind == NoteText.Result)?.Text;

    internal ForeignFacts Foreign => _facts.Foreign;

    internal bool IsUnderstood => ReferenceEquals(Foreign, ForeignFacts.None) || Foreign.IsUnderstood;

    /// <summary>Whether those that wait for it may go on: it is done, and so is every other todo of its id.</summary>
    internal bool IsMet => Status == AgentTaskStatus.Done && Source is not { OpenTwins: > 0 }
        && !Foreign.HasDouble(Model.TodoField.Status | Model.TodoField.State | Model.TodoField.Other);

    /// <summary>Whether its parent does not wait for it any more: it is done, and so is every other todo of its id, or cancelled.</summary>
    internal bool IsClosed => IsMet || Status == AgentTaskStatus.Cancelled;

    /// <summary>Who has it, by claim or by assignment; null if nobody has.</summary>
    internal string? Owner => Claim?.Agent ?? Assignee?.Name;

    /// <summary>Whether a failure travels on from it.</summary>
    internal bool IsCause => Status == AgentTaskStatus.Failed || (Status == AgentTaskStatus.Blocked && BlockedBy is not null);

    internal TaskExecution Execution => _facts.Execution;

    /// <summary>Whether the todo has <c>updated_at</c>, which then keeps up with <c>lastModified</c>.</summary>
    internal bool HasUpdatedAt => _facts.HasUpdatedAt;

    internal TaskFacts Facts => _facts;

    /// <summary>The same task with how far its children are.</summary>
    internal AgentTask With(ChildTally children) => new(_facts.Apart(), Source, children);

    /// <summary>Where it comes from; null for one that no store has.</summary>
    internal ITaskSource? Source { get; }

    /// <inheritdoc cref="ITaskSource.ReadHistory()"/>
    internal IReadOnlyList<TaskHistoryEntry> ReadHistory() => Source?.ReadHistory() ?? [];

    /// <inheritdoc cref="ITaskSource.ReadHistory(IHistoryArchive)"/>
    internal IReadOnlyList<TaskHistoryEntry> ReadHistory(IHistoryArchive archive) => Source?.ReadHistory(archive) ?? [];

    /// <summary>The whole todo as JSON text, unknown fields included, as the document has it.</summary>
    public string ToJson() => Source is null ? "{}" : Encoding.UTF8.GetString(Source.Json.ToArray());

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
