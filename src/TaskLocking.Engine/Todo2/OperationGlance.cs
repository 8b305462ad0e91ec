using System;
using System.Collections.Generic;
using System.Text.Json;

namespace TaskLocking.Todo2;

/// <summary>What an operation of a journal's line tells of itself, without the state that it was made for.</summary>
internal sealed class OperationGlance
{
    private static readonly string[] NoFields = [];
    private List<string>? _fields;

    public string? Id { get; private set; }

    public bool IsNew { get; private set; }

    public bool IsGone { get; private set; }

    /// <summary>Whether it is about where the history of a task lies, and not about the task.</summary>
    public bool IsMoved { get; private set; }

    /// <summary>Whether a task that is gone is in the archive.</summary>
    public bool IsArchived { get; private set; }

    /// <summary>Whether a task that is new comes from the archive.</summary>
    public bool IsRestored { get; private set; }

    /// <summary>A record that is no task: what kind, by which key, and whether it is there afterwards.</summary>
    public string? Record { get; private set; }

    public string? Key { get; private set; }

    public bool HasValue { get; private set; }

    public string? Path { get; private set; }

    /// <summary>Of a record the agent; of a task the one that the operation names in a claim or failure.</summary>
    public string? Agent { get; private set; }

    /// <summary>Of a task that is new.</summary>
    public string? Status { get; private set; }

    public bool SetsClaim { get; private set; }

    public bool SetsNotes { get; private set; }

    /// <summary>Of a record.</summary>
    public string? Reason { get; private set; }

    /// <summary>The fields that the history tells, in order.</summary>
    public IReadOnlyList<string> Fields => _fields ?? (IReadOnlyList<string>)NoFields;

    /// <summary>What the history tells of a field; null where it does not.</summary>
    public (string? Old, string? New)? StatusChange { get; private set; }

    public (string? Old, string? New)? Claim { get; private set; }

    public (string? Old, string? New)? Assignee { get; private set; }

    public (string? Old, string? New)? Failure { get; private set; }

    public (string? Old, string? New)? Block { get; private set; }

    /// <summary>Reads one; the reader stands at its beginning and is left at its end.</summary>
    public static OperationGlance Read(ref Utf8JsonReader reader)
    {
        var glance = new OperationGlance();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            glance.ReadMember(ref reader);
        return glance;
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (Takes(ref reader, "id"u8))
            Id = TodoText.Read(ref reader);
        else if (Takes(ref reader, "set"u8))
            ReadSet(ref reader);
        else if (Takes(ref reader, "own"u8))
            ReadOwn(ref reader);
        else if (Takes(ref reader, "log"u8))
            ReadLog(ref reader);
        else if (Takes(ref reader, "new"u8))
            (IsNew, Status) = (true, ReadText(ref reader, "status"u8));
        else if (Takes(ref reader, "gone"u8))
            IsGone = true;
        else if (Takes(ref reader, "moved"u8))
            IsMoved = true;
        else if (Takes(ref reader, "archived"u8))
            IsArchived = true;
        else if (Takes(ref reader, "restored"u8))
            IsRestored = true;
        else if (Takes(ref reader, "record"u8))
            Record = TodoText.Read(ref reader);
        else if (Takes(ref reader, "key"u8))
            Key = TodoText.Read(ref reader);
        else if (Takes(ref reader, "value"u8))
            ReadRecord(ref reader);
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    private static bool Takes(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    // An object's text of this name; the reader is left at its end.
    private static string? ReadText(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        string? text = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (TodoText.IsName(ref reader, name) && reader.Read())
            {
                text = TodoText.Read(ref reader) ?? text;
                continue;
            }
            reader.Read();
            reader.Skip();
        }
        return text;
    }

    private void ReadRecord(ref Utf8JsonReader reader)
    {
        HasValue = reader.TokenType == JsonTokenType.StartObject;
        if (!HasValue)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Takes(ref reader, "path"u8))
                Path = TodoText.Read(ref reader);
            else if (Takes(ref reader, "agent"u8) || Takes(ref reader, "name"u8))
                Agent = TodoText.Read(ref reader);
            else if (Takes(ref reader, "reason"u8))
                Reason = TodoText.Read(ref reader);
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private void ReadSet(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            SetsNotes |= TodoText.IsName(ref reader, "comments"u8);
            reader.Read();
            reader.Skip();
        }
    }

    private void ReadOwn(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Takes(ref reader, "claim"u8))
            {
                SetsClaim = reader.TokenType == JsonTokenType.StartObject;
                Agent = ReadText(ref reader, "agent"u8) ?? Agent;
            }
            else if (Takes(ref reader, "failure"u8))
                Agent ??= ReadText(ref reader, "agent"u8);
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private void ReadLog(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            ReadEntry(ref reader);
    }

    private void ReadEntry(ref Utf8JsonReader reader)
    {
        string? field = null, before = null, after = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Takes(ref reader, "field"u8))
                field = TodoText.Read(ref reader);
            else if (Takes(ref reader, "oldValue"u8))
                before = TodoText.Read(ref reader);
            else if (Takes(ref reader, "newValue"u8))
                after = TodoText.Read(ref reader);
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
        if (field is null)
            return;
        (_fields ??= []).Add(field);
        switch (field)
        {
            case "status":
                StatusChange = (before, after);
                break;
            case "claim":
                Claim = (before, after);
                break;
            case "assignee":
                Assignee = (before, after);
                break;
            case "failure":
                Failure = (before, after);
                break;
            case "blockedBy":
                Block = (before, after);
                break;
        }
    }
}
