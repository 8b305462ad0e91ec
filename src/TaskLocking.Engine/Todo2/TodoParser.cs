using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// Reads the known fields of a todo. One switch serves the todo of a document and the <c>set</c> and <c>own</c> of a journal's patches, so
/// that replaying patches on the typed task and on its bytes cannot disagree. Of a todo: <see cref="Parse"/>. Of patches:
/// <see cref="AddOlder"/> from the newest back, then <see cref="Finish"/> with the task before the oldest of them.
/// </summary>
internal ref partial struct TodoParser
{
    // One field each and one task at the end: a copy of the record for every field would cost more than the parsing.
    private string? _name;
    private AgentTaskStatus _status;
    private string _statusText = "Todo";
    private TaskPriority _priority;
    private Assignee? _assignee;
    private IReadOnlyList<string> _tags = [];
    private DateTimeOffset? _created;
    private DateTimeOffset? _lastModified;
    private DateTimeOffset? _completedAt;
    private string? _agent;
    private string? _taskFile;
    private string? _swarm;
    private IReadOnlyList<string> _requires = [];
    private long _version;
    private TaskExecution _execution = TaskExecution.None;
    private bool _hasUpdatedAt;
    private object? _content; // a string, or where it is stored
    private object? _longDescription;
    private object? _description;
    private DependencyList? _dependencies;
    private DependencyList? _dependsOn;
    private string? _title;
    private string? _state;
    private bool _isNotPlanned;
    private bool _isDone;
    private Assignee? _assignees;
    private string? _unreadAssignee;
    private DateTimeOffset? _createdAt;
    private bool _isCreatedNaive;
    private DateTimeOffset? _deferUntil;
    private string? _unreadDeferral;
    private string? _unreadNotBefore;
    private string? _parent;
    private string? _unreadParent;
    private TodoField _members; // of a whole todo
    private TodoField _doubles;
    private TodoField _unreadOwn;

    private readonly string _id;
    private ReadOnlySpan<byte> _json; // What the reader reads.
    private ReadOnlyMemory<byte> _todo; // The same where it stays: a whole todo.
    private TodoField _seen; // here, or in a newer patch
    private TodoField _newer;

    /// <param name="id">Of the todo.</param>
    public TodoParser(string id) => _id = id;

    /// <summary>The task that a whole todo describes.</summary>
    public static AgentTask Parse(ReadOnlyMemory<byte> todo, TodoEntry entry)
    {
        var parser = new TodoParser(entry.Id) { _json = todo.Span, _todo = todo };
        var reader = JsonReading.Of(todo.Span);
        reader.Read();
        parser.ReadObject(ref reader, own: false);
        return parser.Finish(new AgentTask(new TaskFacts { Id = entry.Id }), entry);
    }

    /// <summary>What has been read.</summary>
    public readonly TodoField Seen => _seen;

    /// <summary>What a patch sets, and where its history begins.</summary>
    public static PatchShape ShapeOf(ReadOnlySpan<byte> patch)
    {
        var fields = TodoField.None;
        var at = 1;
        for (; NextFields(patch, ref at, out var own); at++)
        {
            for (; JsonScan.Name(patch, ref at, out var name); at = JsonScan.Value(patch, at))
                fields |= TodoFieldNames.Field(patch[name], own) is var field && field != TodoField.None ? field : TodoField.Other;
        }
        return new PatchShape(fields, at);
    }

    /// <summary>Takes from a patch what no newer one has set.</summary>
    public void AddOlder(ReadOnlySpan<byte> patch)
    {
        _newer = _seen;
        for (var at = 1; NextFields(patch, ref at, out var own); at++)
        {
            while (JsonScan.Name(patch, ref at, out var name))
            {
                var start = at;
                at = JsonScan.Value(patch, at);
                var field = TodoFieldNames.Field(patch[name], own);
                if (field is TodoField.None or TodoField.Comments || (_newer & field) != TodoField.None)
                    continue;
                _json = patch[start..at];
                var reader = JsonReading.Of(_json);
                reader.Read();
                Read(field, ref reader);
            }
        }
    }

    /// <summary>The task: what was read, and the rest of a task before it.</summary>
    public readonly AgentTask Finish(AgentTask before, TodoEntry entry)
    {
        return new AgentTask(new TaskFacts
        {
            Id = before.Id,
            Name = (string.IsNullOrEmpty(_name) ? _title : _name) ?? before.Name,
            Status = Has(TodoField.Status) ? _status : HasState ? StateStatus : before.Status,
            StatusText = Has(TodoField.Status) ? _statusText : HasState ? StateText : before.StatusText,
            Priority = Has(TodoField.Priority) ? _priority : before.Priority,
            Assignee = Has(TodoField.Assignee | TodoField.Assignees) ? _assignee ?? _assignees : before.Assignee,
            Tags = Has(TodoField.Tags) ? _tags : before.Tags,
            Dependencies = Dependencies(before),
            ContentAsStored = Has(TodoField.Content | TodoField.LongDescription | TodoField.Description)
                ? new LongText(_content ?? _longDescription ?? _description) : before.GetContentAsStored(),
            Agent = Has(TodoField.Agent) ? _agent : before.Agent,
            TaskFile = Has(TodoField.TaskFile) ? _taskFile : before.TaskFile,
            Swarm = Has(TodoField.Swarm) ? _swarm : before.Swarm,
            Parent = Has(TodoField.Parent) ? (_unreadParent is null ? _parent : null) : before.Parent,
            Requires = Has(TodoField.Requires) ? _requires : before.Requires,
            Created = Has(TodoField.Created) ? _created : Has(TodoField.CreatedAt) ? _createdAt : before.Created,
            LastModified = Has(TodoField.LastModified) ? _lastModified : before.LastModified,
            CompletedAt = Has(TodoField.CompletedAt) ? _completedAt : before.CompletedAt,
            Version = Has(TodoField.Version) ? _version : before.Version,
            HasUpdatedAt = Has(TodoField.UpdatedAt) ? _hasUpdatedAt : before.HasUpdatedAt,
            Execution = Has(TodoField.Execution) ? ExecutionParser.Merge(before.Execution, _execution, _seen) : before.Execution,
            Foreign = Foreign(before.Foreign),
        }, entry);
    }

    // Other tools have a state, or a mark that it is done, in place of a status.
    private readonly bool HasState => Has(TodoField.State | TodoField.IsDone);

    private readonly AgentTaskStatus StateStatus => _isDone && _state is null ? AgentTaskStatus.Done
        : _isNotPlanned && TodoWords.Status(_state) == AgentTaskStatus.Done ? AgentTaskStatus.Cancelled
        : TodoWords.Status(_state);

    private readonly string StateText => string.IsNullOrEmpty(_state) ? _isDone ? "Done" : "Todo" : _state!;

    private readonly IReadOnlyList<string> Dependencies(AgentTask before)
    {
        var listed = !Has(TodoField.Dependencies) ? before.Dependencies
            : _dependencies?.Ids ?? FixedList<string>.None;
        return _dependsOn?.Ids is { Count: > 0 } others ? FixedList<string>.Of(listed.Union(others, StringComparer.Ordinal)) : listed;
    }

    private readonly ForeignFacts Foreign(ForeignFacts before)
    {
        var (hasList, hasOther) = (Has(TodoField.Dependencies), _dependsOn is not null);
        var isOurs = _dependencies is not { IsPlain: false } && !hasOther && _unreadAssignee is null && !_isCreatedNaive
            && !Has(TodoField.Assignees | TodoField.DeferUntil) && _unreadNotBefore is null && _unreadParent is null
            && (_doubles | _unreadOwn) == TodoField.None;
        if (isOurs && ReferenceEquals(before, ForeignFacts.None))
            return ForeignFacts.None;
        List<string> unread = [.. hasList ? _dependencies?.Unread ?? [] : before.Dependencies, .. _dependsOn?.Unread ?? []];
        var hasDeferral = Has(TodoField.DeferUntil);
        return new ForeignFacts
        {
            Dependencies = unread,
            Doubles = _doubles | (before.Doubles & ~(_seen | TodoField.Own)), // a patch leaves one of what it sets, and of ours always
            UnreadOwn = _unreadOwn | (before.UnreadOwn & ~(_seen | TodoField.Own)), // a patch writes ours as an object
            HasOwnDependencies = (_doubles & TodoField.Dependencies) != TodoField.None || hasOther
                || (hasList ? _dependencies is { IsPlain: false } : before.HasOwnDependencies),
            Assignee = Has(TodoField.Assignee | TodoField.Assignees) ? _unreadAssignee : before.Assignee,
            HasAssignees = Has(TodoField.Assignees) ? _assignees is not null || _unreadAssignee is not null : before.HasAssignees,
            NotBefore = hasDeferral || Has(TodoField.NotBefore) ? _unreadDeferral ?? _unreadNotBefore : before.NotBefore,
            DeferUntil = hasDeferral ? _deferUntil : before.DeferUntil,
            Parent = Has(TodoField.Parent) ? _unreadParent : before.Parent,
            HasDeferral = hasDeferral ? _deferUntil is not null || _unreadDeferral is not null : before.HasDeferral,
            IsCreatedNaive = Has(TodoField.Created | TodoField.CreatedAt) ? _isCreatedNaive : before.IsCreatedNaive,
        }.OrNone();
    }

    private readonly bool Has(TodoField field) => (_seen & field) != TodoField.None;

    // Of the members of an operation, as this program writes them: id, set, own, log. Moves into the next object of fields, or to what the
    // history is. It comes last and tells a task nothing.
    private static bool NextFields(ReadOnlySpan<byte> patch, ref int at, out bool own)
    {
        for (; JsonScan.Name(patch, ref at, out var name) && !patch[name].SequenceEqual("log"u8); at = JsonScan.Value(patch, at))
        {
            own = patch[name].SequenceEqual("own"u8);
            if (!own && !patch[name].SequenceEqual("set"u8))
                continue;
            at++;
            return true;
        }
        own = false;
        return false;
    }

    private void ReadObject(ref Utf8JsonReader reader, bool own)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(TodoText.Read(ref reader)!) : reader.ValueSpan;
            var field = TodoFieldNames.Field(name, own);
            reader.Read();
            if (!own)
                Count(field == TodoField.None && name.SequenceEqual("id"u8) ? TodoField.Other : field);
            if (field is TodoField.None or TodoField.Comments)
                reader.Skip(); // Comments are read when somebody asks for them.
            else
                Read(field, ref reader);
        }
    }

    // Those that have one name only: of the rest the names together tell what is meant.
    private void Count(TodoField field)
    {
        const TodoField Deciding = TodoField.Other | TodoField.Status | TodoField.State | TodoField.Dependencies | TodoField.Assignee
            | TodoField.Assignees | TodoField.Own;
        _doubles |= field & _members & Deciding;
        _members |= field;
    }

    // The reader stands at the value and is left at its end.
    private void Read(TodoField field, ref Utf8JsonReader reader)
    {
        _seen |= field;
        switch (field)
        {
            case TodoField.Name:
                _name = TodoText.Read(ref reader) ?? "";
                break;
            case TodoField.Status:
                SetStatus(ref reader);
                break;
            case TodoField.Title:
                _title = TodoText.Read(ref reader);
                break;
            case TodoField.State:
                _state = Word(ref reader);
                break;
            case TodoField.StateReason:
                _isNotPlanned = TodoWords.Status(TodoText.Read(ref reader)) == AgentTaskStatus.Cancelled;
                break;
            case TodoField.IsDone:
                ReadIsDone(ref reader);
                break;
            case TodoField.Priority:
                _priority = TodoWords.Priority(TodoText.Read(ref reader));
                break;
            case TodoField.Assignee:
                _assignee = AssigneeReader.Read(ref reader, _json, ref _unreadAssignee);
                break;
            case TodoField.Assignees:
                _assignees = AssigneeReader.Read(ref reader, _json, ref _unreadAssignee);
                break;
            case TodoField.Tags:
                _tags = TodoText.ReadList(ref reader);
                break;
            case TodoField.Dependencies:
                DependencyReader.Read(ref reader, _json, _id, isLine: false, _dependencies ??= new DependencyList());
                break;
            case TodoField.DependsOn:
                if (reader.TokenType != JsonTokenType.Null)
                    DependencyReader.Read(ref reader, _json, _id, isLine: true, _dependsOn ??= new DependencyList());
                break;
            case TodoField.Content:
                _content = TodoText.ReadLong(ref reader, _todo);
                break;
            case TodoField.LongDescription:
                _longDescription = TodoText.ReadLong(ref reader, _todo);
                break;
            case TodoField.Description:
                _description = TodoText.ReadLong(ref reader, _todo);
                break;
            case TodoField.Created:
                _created = ReadCreated(ref reader);
                break;
            case TodoField.CreatedAt:
                _createdAt = ReadCreated(ref reader);
                break;
            case TodoField.DeferUntil:
                ReadDeferral(ref reader);
                break;
            case TodoField.LastModified:
                _lastModified = Timestamp.Parse(TodoText.Read(ref reader));
                break;
            case TodoField.UpdatedAt:
                _hasUpdatedAt = TodoText.Read(ref reader) is not null;
                break;
            case TodoField.CompletedAt:
                _completedAt = Timestamp.Parse(TodoText.Read(ref reader));
                break;
            case TodoField.Parent:
                ReadParent(ref reader);
                break;
            case TodoField.Own when reader.TokenType == JsonTokenType.StartObject:
                ReadObject(ref reader, own: true);
                break;
            case TodoField.Own:
                if (reader.TokenType != JsonTokenType.Null)
                    _unreadOwn |= TodoField.Own;
                reader.Skip();
                break;
            case TodoField.Version:
                _version = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var version) ? version : 0;
                reader.Skip();
                break;
            case TodoField.Agent:
                _agent = TodoText.Read(ref reader);
                break;
            case TodoField.TaskFile:
                _taskFile = TodoText.Read(ref reader);
                break;
            case TodoField.Swarm:
                _swarm = TodoText.Read(ref reader);
                break;
            case TodoField.Requires:
                LookAtShape(field, reader);
                _requires = TodoText.ReadList(ref reader);
                break;
            case TodoField.NotBefore:
                ReadNotBefore(ref reader);
                break;
            default:
                LookAtShape(field, reader);
                var isThere = reader.TokenType != JsonTokenType.Null;
                _execution = ExecutionParser.Read(field, ref reader, _execution);
                if (field == TodoField.Claim && isThere && _execution.Claim is null)
                    _unreadOwn |= TodoField.Claim;
                break;
        }
    }
}
