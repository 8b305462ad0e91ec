using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>
/// Reads the known fields of a todo. One switch serves the todo of a document and the <c>set</c> and <c>own</c> of a journal's patch, so
/// that replaying a patch on the typed task and on its bytes cannot disagree.
/// </summary>
internal sealed class TodoParser
{
    // One field each and one task at the end: a copy of the record for every field would cost more than the parsing.
    private readonly string _id;
    private string _name;
    private AgentTaskStatus _status;
    private string _statusText;
    private TaskPriority _priority;
    private Assignee? _assignee;
    private IReadOnlyList<string> _tags;
    private DateTimeOffset? _created;
    private DateTimeOffset? _lastModified;
    private DateTimeOffset? _completedAt;
    private string? _agent;
    private string? _taskFile;
    private string? _swarm;
    private IReadOnlyList<string> _requires;
    private long _version;
    private TaskExecution _execution;
    private bool _hasUpdatedAt;
    private string? _content;
    private string? _longDescription;
    private string? _description;
    private IReadOnlyList<string> _dependencies;
    private IReadOnlyList<string> _dependsOn = [];

    private TodoParser(AgentTask task)
    {
        _id = task.Id;
        _name = task.Name;
        _status = task.Status;
        _statusText = task.StatusText;
        _priority = task.Priority;
        _assignee = task.Assignee;
        _tags = task.Tags;
        _created = task.Created;
        _lastModified = task.LastModified;
        _completedAt = task.CompletedAt;
        _agent = task.Agent;
        _taskFile = task.TaskFile;
        _swarm = task.Swarm;
        _requires = task.Requires;
        _version = task.Version;
        _execution = task.Execution;
        _hasUpdatedAt = task.HasUpdatedAt;
        _content = task.Content;
        _dependencies = task.Dependencies;
    }

    /// <summary>The task that a whole todo describes.</summary>
    public static AgentTask Parse(ReadOnlySpan<byte> todo, TodoEntry entry)
    {
        var parser = new TodoParser(new AgentTask { Id = entry.Id });
        var reader = new Utf8JsonReader(todo);
        reader.Read();
        parser.ReadObject(ref reader, own: false);
        return parser.Finish(entry);
    }

    /// <summary>The task after a patch.</summary>
    public static AgentTask Apply(AgentTask task, ReadOnlySpan<byte> patch, TodoEntry entry)
    {
        var parser = new TodoParser(task);
        var reader = new Utf8JsonReader(patch);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // The history comes last and tells a task nothing.
            if (reader.ValueTextEquals("log"u8))
                break;
            var set = reader.ValueTextEquals("set"u8);
            var own = reader.ValueTextEquals("own"u8);
            reader.Read();
            if (set || own)
                parser.ReadObject(ref reader, own);
            else
                reader.Skip();
        }
        return parser.Finish(entry);
    }

    private AgentTask Finish(TodoEntry entry) => new()
    {
        Id = _id,
        Name = _name,
        Status = _status,
        StatusText = _statusText,
        Priority = _priority,
        Assignee = _assignee,
        Tags = _tags,
        Dependencies = _dependsOn.Count == 0 ? _dependencies : _dependencies.Union(_dependsOn, StringComparer.Ordinal).ToArray(),
        Content = _content ?? _longDescription ?? _description,
        Agent = _agent,
        TaskFile = _taskFile,
        Swarm = _swarm,
        Requires = _requires,
        Created = _created,
        LastModified = _lastModified,
        CompletedAt = _completedAt,
        Version = _version,
        Execution = _execution,
        HasUpdatedAt = _hasUpdatedAt,
        Entry = entry,
    };

    private void ReadObject(ref Utf8JsonReader reader, bool own)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (own)
                ReadOwn(ref reader);
            else
                ReadField(ref reader);
        }
    }

    private void ReadField(ref Utf8JsonReader reader)
    {
        if (Is(ref reader, "name"u8))
            _name = TodoText.Read(ref reader) ?? "";
        else if (Is(ref reader, "status"u8))
            SetStatus(TodoText.Read(ref reader));
        else if (Is(ref reader, "priority"u8))
            _priority = TodoWords.Priority(TodoText.Read(ref reader));
        else if (Is(ref reader, "assignee"u8))
            _assignee = ReadAssignee(ref reader);
        else if (Is(ref reader, "tags"u8))
            _tags = TodoText.ReadList(ref reader);
        else if (Is(ref reader, "dependencies"u8))
            _dependencies = TodoText.ReadList(ref reader);
        else if (Is(ref reader, "dependsOn"u8))
            _dependsOn = TodoText.ReadList(ref reader);
        else if (Is(ref reader, "content"u8))
            _content = TodoText.Read(ref reader);
        else if (Is(ref reader, "long_description"u8))
            _longDescription = TodoText.Read(ref reader);
        else if (Is(ref reader, "description"u8))
            _description = TodoText.Read(ref reader);
        else if (Is(ref reader, "created"u8))
            _created = Timestamp.Parse(TodoText.Read(ref reader));
        else if (Is(ref reader, "lastModified"u8))
            _lastModified = Timestamp.Parse(TodoText.Read(ref reader));
        else if (Is(ref reader, "updated_at"u8))
            _hasUpdatedAt = TodoText.Read(ref reader) is not null;
        else if (Is(ref reader, "completedAt"u8))
            _completedAt = Timestamp.Parse(TodoText.Read(ref reader));
        else if (Is(ref reader, "taskLocking"u8) && reader.TokenType == JsonTokenType.StartObject)
            ReadObject(ref reader, own: true);
        else
            SkipValue(ref reader);
    }

    private void ReadOwn(ref Utf8JsonReader reader)
    {
        if (Is(ref reader, "version"u8))
            _version = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var version) ? version : 0;
        else if (Is(ref reader, "agent"u8))
            _agent = TodoText.Read(ref reader);
        else if (Is(ref reader, "taskFile"u8))
            _taskFile = TodoText.Read(ref reader);
        else if (Is(ref reader, "swarm"u8))
            _swarm = TodoText.Read(ref reader);
        else if (Is(ref reader, "requires"u8))
            _requires = TodoText.ReadList(ref reader);
        else
            _execution = ExecutionParser.Read(ref reader, _execution);
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
        reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name) && reader.Read();

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
            reader.Read();
        reader.Skip();
    }
}
