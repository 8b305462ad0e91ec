using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace TaskLocking.Storage;

/// <summary>
/// Puts patches into the bytes of a todo. Every field that no patch names keeps its bytes, its place and the white space before it; new
/// fields follow in the todo's own style, one a line where it has lines.
/// </summary>
internal sealed class TodoSplicer
{
    private readonly ByteBuffer _output;
    private readonly Dictionary<string, JsonMember> _set = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonMember> _own = new(StringComparer.Ordinal);
    private readonly List<JsonMember> _log = [];
    private byte[] _lead = [];
    private bool _isFirst = true;

    private TodoSplicer(int capacity) => _output = new ByteBuffer(capacity);

    private bool IsPretty => _lead.Length > 0;

    /// <summary>The todo after the patches, oldest first; <paramref name="version"/> is that of the last.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> todo, IEnumerable<JsonMember> patches, long version)
    {
        var splicer = new TodoSplicer(todo.Length + 512);
        foreach (var patch in patches)
            splicer.Collect(patch.Memory);
        splicer._own["version"] = new JsonMember("version", Encoding.UTF8.GetBytes(version.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        splicer.Rewrite(todo);
        return splicer._output.ToArray();
    }

    private void Collect(ReadOnlyMemory<byte> patch)
    {
        foreach (var member in JsonSlices.Properties(patch))
        {
            if (member.Name is "set" or "own")
            {
                var target = member.Name == "set" ? _set : _own;
                foreach (var field in JsonSlices.Properties(member.Memory))
                    target[field.Name] = field;
            }
            else if (member.Name == "log")
            {
                _log.AddRange(JsonSlices.Elements(member.Memory));
            }
        }
    }

    private void Rewrite(ReadOnlySpan<byte> todo)
    {
        var reader = new Utf8JsonReader(todo);
        reader.Read();
        Put(todo[..1]);
        var end = 1; // behind the last value, or the brace
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var nameStart = (int)reader.TokenStartIndex;
            var lead = Lead(todo[end..nameStart]);
            if (_isFirst)
                _lead = lead.ToArray();
            var name = reader.GetString()!;
            reader.Read();
            var valueStart = (int)reader.TokenStartIndex;
            reader.Skip();
            end = (int)reader.BytesConsumed;
            RewriteField(name, lead, todo[nameStart..valueStart], todo[valueStart..end]);
        }
        foreach (var field in _set.Values)
        {
            if (!field.IsNull)
                Add(field.Name, field.Value);
        }
        if (_log.Count > 0)
        {
            Add("changes", default);
            PutLog("[]"u8);
        }
        Add("taskLocking", default);
        PutOwn("{}"u8);
        Put(todo[end..]);
    }

    private void RewriteField(string name, ReadOnlySpan<byte> lead, ReadOnlySpan<byte> head, ReadOnlySpan<byte> value)
    {
        // Ours stands last, so that what people read comes first.
        if (name == "taskLocking")
        {
            foreach (var field in value[0] == '{' ? JsonSlices.Properties(value.ToArray()) : [])
            {
                if (!_own.ContainsKey(field.Name))
                    _own[field.Name] = field;
            }
            return;
        }
        _set.TryGetValue(name, out var replacement);
        _set.Remove(name);
        if (replacement is { IsNull: true })
            return;
        if (!_isFirst)
            Put(","u8);
        _isFirst = false;
        Put(lead);
        Put(head);
        if (name == "changes" && _log.Count > 0 && value[0] == '[')
            PutLog(value);
        else
            Put(replacement is null ? value : replacement.Value);
    }

    private void Add(string name, ReadOnlySpan<byte> value)
    {
        if (!_isFirst)
            Put(","u8);
        _isFirst = false;
        Put(_lead);
        Put(Encoding.UTF8.GetBytes(JsonSlices.Quote(name)));
        Put(IsPretty ? ": "u8 : ":"u8);
        Put(value);
    }

    private void PutLog(ReadOnlySpan<byte> array)
    {
        var close = array.LastIndexOf((byte)']');
        var inside = JsonSlices.TrimEnd(array[..close]);
        Put(inside);
        var isEmpty = inside.Length == 1;
        foreach (var item in _log)
        {
            if (!isEmpty)
                Put(","u8);
            isEmpty = false;
            Put(_lead);
            if (IsPretty)
                Put("  "u8);
            Put(item.Value);
        }
        Put(_lead);
        Put("]"u8);
        _log.Clear();
    }

    private void PutOwn(ReadOnlySpan<byte> braces)
    {
        Put(braces[..1]);
        var separator = false;
        foreach (var field in _own.Values)
        {
            if (field.IsNull)
                continue;
            if (separator)
                Put(","u8);
            separator = true;
            Put(Encoding.UTF8.GetBytes(JsonSlices.Quote(field.Name)));
            Put(":"u8);
            Put(field.Value);
        }
        Put(braces[1..]);
    }

    private void Put(ReadOnlySpan<byte> bytes) => _output.Write(bytes);

    // The white space between the comma and the name; what stands before the comma is dropped.
    private static ReadOnlySpan<byte> Lead(ReadOnlySpan<byte> between) => between[(between.IndexOf((byte)',') + 1)..];
}
