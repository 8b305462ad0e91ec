using System;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>Values that tools write in several shapes; the reader stands at the value and is left at its end.</summary>
internal ref partial struct TodoParser
{
    private void LookAtShape(TodoField field, Utf8JsonReader value)
    {
        if (!OwnShape.IsRead(field, value))
            _unreadOwn |= field;
    }

    // Nothing at all is as good as no status. What is there and no word is one that nobody knows.
    private void SetStatus(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            _seen &= ~TodoField.Status;
            return;
        }
        var word = Word(ref reader);
        _status = TodoWords.Status(word);
        _statusText = string.IsNullOrEmpty(word) ? "Todo" : word!;
    }

    private string? Word(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? Raw(ref reader) : TodoText.Read(ref reader);

    // The value as it stands; the reader moves to its end.
    private string Raw(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return JsonSlices.Compact(_json[start..(int)reader.BytesConsumed]);
    }

    // A tool that writes a time there has other words for what is open.
    private void ReadIsDone(ref Utf8JsonReader reader)
    {
        _isDone |= reader.TokenType == JsonTokenType.True;
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False) && (_seen & TodoField.State) == TodoField.None && !_isDone)
            _seen &= ~TodoField.IsDone;
        reader.Skip();
    }

    private DateTimeOffset? ReadCreated(ref Utf8JsonReader reader)
    {
        var text = TodoText.Read(ref reader);
        var time = Timestamp.Parse(text);
        _isCreatedNaive |= time is not null && Timestamp.IsNaive(text!);
        return time;
    }

    // Tools have several names for it; one that names nothing counts as not there, two that name two are not understood.
    private void ReadParent(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Null)
            return;
        var text = reader.TokenType is JsonTokenType.String or JsonTokenType.Number ? TodoText.Read(ref reader) : null;
        if (text is null)
            _unreadParent = Also(_unreadParent ?? _parent, Raw(ref reader));
        else if (string.IsNullOrWhiteSpace(text) || string.Equals(text, _parent, StringComparison.Ordinal))
            return;
        else if (_parent is null && _unreadParent is null)
            _parent = text;
        else
            _unreadParent = Also(_unreadParent ?? _parent, text);

        static string Also(string? before, string text) => before is null ? text : before + ", " + text;
    }

    // Of several the last counts; of a time without an offset the latest that it can be.
    private void ReadDeferral(ref Utf8JsonReader reader)
    {
        if (ReadLatest(ref reader, ref _unreadDeferral) is { } time && !(_deferUntil > time))
            _deferUntil = time;
    }

    private void ReadNotBefore(ref Utf8JsonReader reader) =>
        _execution = _execution with { NotBefore = ReadLatest(ref reader, ref _unreadNotBefore) };

    private DateTimeOffset? ReadLatest(ref Utf8JsonReader reader, ref string? unread)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        var text = Word(ref reader);
        var time = Timestamp.Latest(text);
        if (time is null && !string.IsNullOrWhiteSpace(text))
            unread = text;
        return time;
    }
}
