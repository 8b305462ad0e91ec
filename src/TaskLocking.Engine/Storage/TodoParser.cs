using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>
/// Reads the known fields of a todo. One switch serves the todo of a document and the <c>set</c> and <c>own</c> of a journal's patches, so
/// that replaying patches on the typed task and on its bytes cannot disagree. Of a todo: <see cref="Parse"/>. Of patches:
/// <see cref="AddOlder"/> from the newest back, then <see cref="Finish"/> with the task before the oldest of them.
/// </summary>
internal ref struct TodoParser
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
    private string? _content;
    private string? _longDescription;
    private string? _description;
    private IReadOnlyList<string> _dependencies = [];
    private IReadOnlyList<string> _dependsOn = [];

    private TodoField _seen; // here, or in a newer patch
    private TodoField _newer;

    public TodoParser()
    {
    }

    /// <summary>The task that a whole todo describes.</summary>
    public static AgentTask Parse(ReadOnlySpan<byte> todo, TodoEntry entry)
    {
        var parser = new TodoParser();
        var reader = JsonReading.Of(todo);
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
                fields |= Field(patch[name], own) is var field && field != TodoField.None ? field : TodoField.Other;
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
                var field = Field(patch[name], own);
                if (field == TodoField.None || (_newer & field) != TodoField.None)
                    continue;
                var reader = JsonReading.Of(patch[start..at]);
                reader.Read();
                Read(field, ref reader);
            }
        }
    }

    /// <summary>The task: what was read, and the rest of a task before it.</summary>
    public readonly AgentTask Finish(AgentTask before, TodoEntry entry)
    {
        var dependencies = Has(TodoField.Dependencies) ? _dependencies : before.Dependencies;
        return new AgentTask(new TaskFacts
        {
            Id = before.Id,
            Name = _name ?? before.Name,
            Status = Has(TodoField.Status) ? _status : before.Status,
            StatusText = Has(TodoField.Status) ? _statusText : before.StatusText,
            Priority = Has(TodoField.Priority) ? _priority : before.Priority,
            Assignee = Has(TodoField.Assignee) ? _assignee : before.Assignee,
            Tags = Has(TodoField.Tags) ? _tags : before.Tags,
            Dependencies = _dependsOn.Count == 0 ? dependencies : FixedList<string>.Of(dependencies.Union(_dependsOn, StringComparer.Ordinal)),
            Content = Has(TodoField.Content | TodoField.LongDescription | TodoField.Description) ? _content ?? _longDescription ?? _description : before.Content,
            Agent = Has(TodoField.Agent) ? _agent : before.Agent,
            TaskFile = Has(TodoField.TaskFile) ? _taskFile : before.TaskFile,
            Swarm = Has(TodoField.Swarm) ? _swarm : before.Swarm,
            Requires = Has(TodoField.Requires) ? _requires : before.Requires,
            Created = Has(TodoField.Created) ? _created : before.Created,
            LastModified = Has(TodoField.LastModified) ? _lastModified : before.LastModified,
            CompletedAt = Has(TodoField.CompletedAt) ? _completedAt : before.CompletedAt,
            Version = Has(TodoField.Version) ? _version : before.Version,
            HasUpdatedAt = Has(TodoField.UpdatedAt) ? _hasUpdatedAt : before.HasUpdatedAt,
            Execution = Has(TodoField.Execution) ? ExecutionParser.Merge(before.Execution, _execution, _seen) : before.Execution,
        }, entry);
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
            var field = reader.ValueIsEscaped ? Field(Encoding.UTF8.GetBytes(TodoText.Read(ref reader)!), own) : Field(reader.ValueSpan, own);
            reader.Read();
            if (field == TodoField.None)
                reader.Skip();
            else
                Read(field, ref reader);
        }
    }

    private static TodoField Field(ReadOnlySpan<byte> name, bool own)
    {
        if (own)
        {
            return Is(name, "version"u8, TodoField.Version) | Is(name, "agent"u8, TodoField.Agent) | Is(name, "taskFile"u8, TodoField.TaskFile) |
                Is(name, "swarm"u8, TodoField.Swarm) | Is(name, "requires"u8, TodoField.Requires) | ExecutionParser.Field(name);
        }
        return name.Length switch
        {
            4 => Is(name, "name"u8, TodoField.Name) | Is(name, "tags"u8, TodoField.Tags),
            6 => Is(name, "status"u8, TodoField.Status),
            7 => Is(name, "content"u8, TodoField.Content) | Is(name, "created"u8, TodoField.Created),
            8 => Is(name, "assignee"u8, TodoField.Assignee) | Is(name, "priority"u8, TodoField.Priority),
            9 => Is(name, "dependsOn"u8, TodoField.DependsOn),
            10 => Is(name, "updated_at"u8, TodoField.UpdatedAt),
            11 => Is(name, "completedAt"u8, TodoField.CompletedAt) | Is(name, "description"u8, TodoField.Description) | Is(name, "taskLocking"u8, TodoField.Own),
            12 => Is(name, "lastModified"u8, TodoField.LastModified) | Is(name, "dependencies"u8, TodoField.Dependencies),
            16 => Is(name, "long_description"u8, TodoField.LongDescription),
            _ => TodoField.None,
        };

        static TodoField Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known, TodoField field) => name.SequenceEqual(known) ? field : TodoField.None;
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
                SetStatus(TodoText.Read(ref reader));
                break;
            case TodoField.Priority:
                _priority = TodoWords.Priority(TodoText.Read(ref reader));
                break;
            case TodoField.Assignee:
                _assignee = ReadAssignee(ref reader);
                break;
            case TodoField.Tags:
                _tags = TodoText.ReadList(ref reader);
                break;
            case TodoField.Dependencies:
                _dependencies = TodoText.ReadList(ref reader);
                break;
            case TodoField.DependsOn:
                _dependsOn = TodoText.ReadList(ref reader);
                break;
            case TodoField.Content:
                _content = TodoText.Read(ref reader);
                break;
            case TodoField.LongDescription:
                _longDescription = TodoText.Read(ref reader);
                break;
            case TodoField.Description:
                _description = TodoText.Read(ref reader);
                break;
            case TodoField.Created:
                _created = Timestamp.Parse(TodoText.Read(ref reader));
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
            case TodoField.Own when reader.TokenType == JsonTokenType.StartObject:
                ReadObject(ref reader, own: true);
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
                _requires = TodoText.ReadList(ref reader);
                break;
            default:
                _execution = ExecutionParser.Read(field, ref reader, _execution);
                break;
        }
    }

    private void SetStatus(string? word)
    {
        _status = TodoWords.Status(word);
        _statusText = string.IsNullOrEmpty(word) ? "Todo" : word!;
    }

    private static Assignee? ReadAssignee(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && TodoText.Read(ref reader) is { Length: > 0 } word)
            return new Assignee("agent", word);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        string? type = null, name = null, host = null, at = null, by = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, "type"u8))
                type = TodoText.Read(ref reader);
            else if (Is(ref reader, "name"u8))
                name = TodoText.Read(ref reader);
            else if (Is(ref reader, "hostname"u8))
                host = TodoText.Read(ref reader);
            else if (Is(ref reader, "assigned_at"u8))
                at = TodoText.Read(ref reader);
            else if (Is(ref reader, "assigned_by"u8))
                by = TodoText.Read(ref reader);
            else
                SkipValue(ref reader);
        }
        return string.IsNullOrEmpty(name) ? null : new Assignee(type ?? "agent", name!, host, Timestamp.Parse(at), by);
    }

    // On a match the reader moves to the value; on none it stays at the name, for the next comparison.
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.TokenType == JsonTokenType.PropertyName && TodoText.IsName(ref reader, name) && reader.Read();

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
            reader.Read();
        reader.Skip();
    }
}
