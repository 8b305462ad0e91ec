using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// Puts patches into the bytes of a todo. Every field that no patch names keeps its bytes, its place and the white space before it; new
/// fields follow in the todo's own style, one a line where it has lines.
/// </summary>
internal sealed class TodoSplicer
{
    private const int LongestSpare = 1 << 20;

    // A todo that is changed all day is put together again and again.
    [ThreadStatic]
    private static ByteBuffer? _spare;

    private readonly ByteBuffer _output;
    private readonly List<PatchedField> _set = [];
    private readonly List<PatchedField> _own = [];
    private readonly List<JsonMember> _histories = []; // the arrays of all patches
    private byte[] _lead = [];
    private bool _isFirst = true;
    private int _patched; // of ours: those ahead of what the todo has

    private TodoSplicer(ByteBuffer output) => _output = output;

    private bool IsPretty => _lead.Length > 0;

    /// <summary>The todo after the patches, newest first; <paramref name="version"/> is that of the first.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> todo, IReadOnlyList<TodoPatch> patches, long version)
    {
        var splicer = new TodoSplicer(_spare ?? new ByteBuffer(todo.Length * 2));
        _spare = null; // Should this one fail, nobody goes on in what it left.
        splicer.Collect(patches);
        Put(splicer._own, "version"u8.ToArray(), Encoding.ASCII.GetBytes(version.ToString(CultureInfo.InvariantCulture)));
        splicer._patched = splicer._own.Count;
        splicer.Rewrite(todo);
        var whole = splicer._output.ToArray();
        if (whole.Length <= LongestSpare)
        {
            splicer._output.Clear();
            _spare = splicer._output;
        }
        return whole;
    }

    // Of a todo that is changed all day, nearly every patch sets what one before it and one after it set as well: then neither the place
    // of a field nor its value comes from it, and all that is left of it is its history.
    private void Collect(IReadOnlyList<TodoPatch> patches)
    {
        var isCovered = new bool[patches.Count];
        var newer = TodoField.None;
        for (var i = 0; i < patches.Count; newer |= patches[i++].SureFields)
            isCovered[i] = IsKnown(patches[i].Fields, newer);
        var older = TodoField.None;
        for (var i = patches.Count - 1; i >= 0; older |= patches[i--].SureFields)
        {
            if (!isCovered[i] || !IsKnown(patches[i].Fields, older))
                Collect(patches[i].Json);
            else if (patches[i].History is { Length: > 2 } history)
                _histories.Add(new JsonMember("", history));
        }
    }

    private static bool IsKnown(TodoField fields, TodoField known) => (fields & (~known | TodoField.Other)) == TodoField.None;

    // The members of an operation, as this program writes them: id, set, own, log.
    private void Collect(ReadOnlyMemory<byte> patch)
    {
        var json = patch.Span;
        for (var at = 1; JsonScan.Name(json, ref at, out var name);)
        {
            var member = json[name];
            var start = at;
            var target = member.SequenceEqual("set"u8) ? _set : member.SequenceEqual("own"u8) ? _own : null;
            if (target is null)
            {
                at = JsonScan.Value(json, at);
                if (member.SequenceEqual("log"u8) && at - start > 2)
                    _histories.Add(new JsonMember("", patch[start..at]));
                continue;
            }
            for (at++; JsonScan.Name(json, ref at, out var field);)
            {
                start = at;
                at = JsonScan.Value(json, at);
                Put(target, patch[field], patch[start..at]);
            }
            at++;
        }
    }

    private static void Put(List<PatchedField> fields, ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> value)
    {
        foreach (var field in fields)
        {
            if (!field.Name.SequenceEqual(name.Span))
                continue;
            field.Last = value;
            return;
        }
        fields.Add(new PatchedField(name, value));
    }

    private void Rewrite(ReadOnlySpan<byte> todo)
    {
        Put(todo[..1]);
        var end = 1; // behind the last value, or the brace
        for (var at = JsonScan.Space(todo, 1); todo[at] != '}'; at = JsonScan.Space(todo, end))
        {
            if (todo[at] == ',')
                at = JsonScan.Space(todo, at + 1);
            var nameStart = at;
            var lead = Lead(todo[end..nameStart]);
            if (_isFirst)
                _lead = lead.ToArray();
            at = JsonScan.String(todo, at);
            var name = JsonScan.Plain(todo[nameStart..at]);
            var valueStart = JsonScan.Space(todo, JsonScan.Space(todo, at) + 1);
            end = valueStart + JsonSlices.TrimEnd(todo[valueStart..JsonScan.Value(todo, valueStart)]).Length;
            if (name.SequenceEqual("taskLocking"u8))
                CollectOwn(todo[valueStart..end]);
            else
                RewriteField(Find(name), name.SequenceEqual("changes"u8), lead, todo[nameStart..valueStart], todo[valueStart..end]);
        }
        foreach (var field in _set)
        {
            if (!field.IsPlaced && !field.IsNull)
                Add(field.Name, field.Value);
        }
        if (_histories.Count > 0)
        {
            Add("changes"u8, default);
            PutHistory("[]"u8);
        }
        Add("taskLocking"u8, default);
        PutOwn("{}"u8);
        Put(todo[end..]);
    }

    private PatchedField? Find(ReadOnlySpan<byte> name)
    {
        foreach (var field in _set)
        {
            if (name.SequenceEqual(field.Name))
                return field;
        }
        return null;
    }

    // Ours stands last, so that what people read comes first.
    private void CollectOwn(ReadOnlySpan<byte> value)
    {
        if (value[0] != '{')
            return;
        foreach (var member in JsonSlices.Properties(value.ToArray()))
        {
            var name = Encoding.UTF8.GetBytes(JsonSlices.Quote(member.Name)).AsMemory()[1..^1];
            var known = _own.FindIndex(field => field.Name.SequenceEqual(name.Span));
            if (known < 0)
                _own.Add(new PatchedField(name, member.Memory));
            else if (known >= _patched)
                _own[known].Last = member.Memory; // there twice: the last is what readers see
        }
    }

    private void RewriteField(PatchedField? replacement, bool isHistory, ReadOnlySpan<byte> lead, ReadOnlySpan<byte> head,
        ReadOnlySpan<byte> value)
    {
        // Where a member is there twice, readers see the last of them: one that is set stays alone.
        if (replacement is { IsPlaced: true } or { IsNull: true })
            return;
        if (replacement is not null)
            replacement.IsPlaced = true;
        if (!_isFirst)
            Put(","u8);
        _isFirst = false;
        Put(lead);
        Put(head);
        if (isHistory && _histories.Count > 0 && value[0] == '[')
            PutHistory(value);
        else
            Put(replacement is null ? value : replacement.Value);
    }

    private void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!_isFirst)
            Put(","u8);
        _isFirst = false;
        Put(_lead);
        PutName(name);
        Put(IsPretty ? ": "u8 : ":"u8);
        Put(value);
    }

    private void PutHistory(ReadOnlySpan<byte> array)
    {
        var close = array.LastIndexOf((byte)']');
        var inside = JsonSlices.TrimEnd(array[..close]);
        Put(inside);
        var isEmpty = inside.Length == 1;
        foreach (var history in _histories)
        {
            var items = history.Value;
            for (var at = 1; items[at] != ']';)
            {
                if (items[at] == ',')
                    at++;
                if (!isEmpty)
                    Put(","u8);
                isEmpty = false;
                Put(_lead);
                if (IsPretty)
                    Put("  "u8);
                Put(items[at..(at = JsonScan.Value(items, at))]);
            }
        }
        Put(_lead);
        Put("]"u8);
        _histories.Clear();
    }

    private void PutOwn(ReadOnlySpan<byte> braces)
    {
        Put(braces[..1]);
        var separator = false;
        foreach (var field in _own)
        {
            if (field.IsNull)
                continue;
            if (separator)
                Put(","u8);
            separator = true;
            PutName(field.Name);
            Put(":"u8);
            Put(field.Value);
        }
        Put(braces[1..]);
    }

    // Names are kept as JSON writes them.
    private void PutName(ReadOnlySpan<byte> name)
    {
        Put("\""u8);
        Put(name);
        Put("\""u8);
    }

    private void Put(ReadOnlySpan<byte> bytes) => _output.Write(bytes);

    // The white space between the comma and the name; what stands before the comma is dropped.
    private static ReadOnlySpan<byte> Lead(ReadOnlySpan<byte> between) => between[(between.IndexOf((byte)',') + 1)..];
}
