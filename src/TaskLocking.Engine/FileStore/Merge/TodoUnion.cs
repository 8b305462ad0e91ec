using System;
using System.Collections.Generic;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.FileStore;

/// <summary>
/// What a todo becomes that others changed, field by field: what only they changed is theirs, what only we changed is ours, of what both
/// changed theirs counts. Where nobody can tell what they saw, what they lack stays, the history is that of both, and what it shows that
/// they never saw keeps our value. Where nothing leads back to what they saw, neither a state nor a history, a value that we had once is
/// taken for what they saw. The time of an end goes with the status that counts.
/// </summary>
/// <param name="ours">What we have.</param>
/// <param name="theirs">What they wrote.</param>
/// <param name="before">What both began from; null if that is not known, or was not there.</param>
/// <param name="isSure">Whether they began from there for certain: then they remove what they leave out.</param>
/// <param name="hadMoved">Whether they had entries of the history that have left ours: all that we have of it came behind those.</param>
/// <param name="isLater">Whether <paramref name="before"/> is later than what they saw, or nothing at all leads back.</param>
internal sealed class TodoUnion(ReadOnlyMemory<byte> ours, ReadOnlyMemory<byte> theirs, ReadOnlyMemory<byte>? before, bool isSure,
    bool hadMoved = false, bool isLater = false)
{
    private const string Status = "status";
    private const string End = "completedAt";

    private static readonly string[] Lists = ["changes", "comments"];

    // They tell when, not what.
    private static readonly string[] Times = ["lastModified", "updated_at"];

    private readonly List<JsonUnion.Member> _ours = JsonUnion.Members(ours.Span);
    private readonly List<JsonUnion.Member> _theirs = JsonUnion.Members(theirs.Span);
    private readonly List<JsonUnion.Member> _before = before is { } known ? JsonUnion.Members(known.Span) : [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _instead = new(StringComparer.Ordinal);
    private readonly List<JsonUnion.Member> _lacking = [];
    private readonly HashSet<(string Field, string? Value)> _once = []; // what we had, where nobody can tell what they saw

    /// <summary>Whether anything of ours had to be added that they lack.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Whether a value that we changed made way for theirs.</summary>
    public bool IsDisplaced { get; private set; }

    /// <summary>Whether a value of theirs made way for one that they never saw.</summary>
    public bool IsPassedOver { get; private set; }

    /// <summary>The todo.</summary>
    public ReadOnlyMemory<byte> Merge()
    {
        var unseen = isSure ? new(StringComparer.Ordinal) : Unseen(Value(_ours, ours, "changes"), Value(_theirs, theirs, "changes"));
        foreach (var member in _ours)
        {
            var (mine, start) = (ours[member.Value], Value(_before, before ?? default, member.Name));
            if (member.Name is "taskLocking" or End)
                continue;
            if (!_theirs.Exists(known => known.Name == member.Name))
                Lack(member, mine, start);
            else if (Array.IndexOf(Lists, member.Name) >= 0)
                Gather(member.Name, mine, start);
            else
                Choose(member.Name, mine, start, unseen.TryGetValue(member.Name, out var seen), seen);
        }
        var isDropped = !TryTakeEnd();
        if (_lacking.Count + _instead.Count == 0)
            return theirs;
        var json = JsonUnion.Of(theirs.Span, _theirs, _instead, ours.Span, _lacking);
        return isDropped ? JsonUnion.Without(json, End) : json;
    }

    // False where they have one, and our status, which counts, has none.
    private bool TryTakeEnd()
    {
        var isOurs = _instead.ContainsKey(Status) || _lacking.Exists(member => member.Name == Status);
        var has = _theirs.Exists(member => member.Name == End);
        if (_ours.FindLast(member => member.Name == End) is not { } end)
            return !(isOurs && has);
        if (has && isOurs)
            _instead[End] = ours[end.Value];
        else if (!has && (isOurs || IsSame(Value(_ours, ours, Status), Value(_theirs, theirs, Status))))
            Lack(end, ours[end.Value], isOurs ? Nothing : Value(_before, before ?? default, End));
        return true;
    }

    private void Lack(JsonUnion.Member member, ReadOnlyMemory<byte> mine, ReadOnlyMemory<byte> start)
    {
        if (isSure && IsSame(mine, start))
            return;
        _lacking.Add(member);
        HasMore = true;
    }

    private void Gather(string name, ReadOnlyMemory<byte> mine, ReadOnlyMemory<byte> start)
    {
        if (Together(mine, Value(_theirs, theirs, name), isSure ? start : Nothing) is not { } both)
            return;
        _instead.Add(name, both);
        HasMore |= !isSure;
    }

    // What differs from the value that they saw last, where that is told, they changed themselves.
    private void Choose(string name, ReadOnlyMemory<byte> mine, ReadOnlyMemory<byte> start, bool isUnseen, string? seen)
    {
        var other = Value(_theirs, theirs, name);
        if (IsSame(mine, other) || Array.IndexOf(Times, name) >= 0)
            return;
        isUnseen &= seen is null || seen == Text(other);
        // They may mean it, and it may be what they saw: what was acknowledged stays, theirs is kept aside.
        if (!isUnseen && _once.Contains((name, Text(other))))
            (isUnseen, seen) = (true, null);
        if (isUnseen || (before is not null && IsSame(start, other)))
        {
            _instead.Add(name, mine);
            IsPassedOver |= isUnseen && seen is null;
        }
        else if (before is null || !IsSame(start, mine))
            IsDisplaced = true;
    }

    private static ReadOnlyMemory<byte> Nothing { get; } = "null"u8.ToArray();

    private static bool IsSame(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right) => JsonSame.As(left.Span, right.Span);

    private static ReadOnlyMemory<byte> Value(List<JsonUnion.Member> members, ReadOnlyMemory<byte> json, string name) =>
        members.FindLast(member => member.Name == name) is { } member ? json[member.Value] : Nothing;

    // A writer keeps the history as he found it and adds to it, or cuts it at its old end: what he lacks of it behind an entry that he has,
    // he has not seen. His own entries may stand between those of ours. Gives the fields, and the value before the first such change.
    private Dictionary<string, string?> Unseen(ReadOnlyMemory<byte> ours, ReadOnlyMemory<byte> theirs)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (ours.Span[0] != '[')
            return fields;
        var mine = JsonSlices.Elements(ours);
        var other = theirs.Span[0] == '[' ? Keys(JsonSlices.Elements(theirs)) : [];
        var first = mine.FindIndex(change => other.Contains(JsonKey.Of(change.Value)));
        // Nothing tells what they saw: neither a mark, nor a history.
        if (first < 0 && !hadMoved && isLater)
            _once.UnionWith(mine.ConvertAll(change => (Text(change, "field") ?? "", Text(change, "oldValue"))));
        for (var at = first + 1; (first >= 0 || hadMoved) && at < mine.Count; at++)
        {
            if (!other.Contains(JsonKey.Of(mine[at].Value)) && Text(mine[at], "field") is { } field && !fields.ContainsKey(field))
                fields.Add(field, Text(mine[at], "oldValue"));
        }
        return fields;
    }

    // What they found and left, then what is new here, then what is new there; null where theirs has all of it. Where it is not known what
    // they found, that is all of ours. An item that both have, by its id, counts as they left it.
    private static ReadOnlyMemory<byte>? Together(ReadOnlyMemory<byte> ours, ReadOnlyMemory<byte> theirs, ReadOnlyMemory<byte> start)
    {
        if (ours.Span[0] != '[' || theirs.Span[0] != '[')
            return ours.Span[0] == '[' && JsonSlices.Elements(ours).Count > 0 ? ours : null;
        var (mine, other) = (JsonSlices.Elements(ours), JsonSlices.Elements(theirs));
        var known = Keys(other);
        if (start.Span[0] == '[')
        {
            var found = Keys(JsonSlices.Elements(start));
            mine = mine.FindAll(item => JsonKey.Of(item.Value) is var key && (!found.Contains(key) || known.Contains(key)));
        }
        var named = new Dictionary<string, JsonMember>(StringComparer.Ordinal);
        foreach (var item in other)
        {
            if (Text(item, "id") is { } id)
                named[id] = item;
        }
        var list = mine.ConvertAll(item => !known.Contains(JsonKey.Of(item.Value)) && Text(item, "id") is { } id
            && named.TryGetValue(id, out var changed) ? changed : item);
        var kept = Keys(list);
        if (kept.IsSubsetOf(known))
            return null;
        list.AddRange(other.FindAll(item => !kept.Contains(JsonKey.Of(item.Value))));
        var both = new ByteBuffer(ours.Length + theirs.Length);
        foreach (var item in list)
        {
            both.Write(both.Length == 0 ? "["u8 : ", "u8);
            both.Write(item.Value);
        }
        both.Write("]"u8);
        return both.ToArray();
    }

    private static HashSet<string> Keys(List<JsonMember> items)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
            keys.Add(JsonKey.Of(item.Value));
        return keys;
    }

    // A member of an object as text; null if it is none, or has no such.
    private static string? Text(JsonMember item, string name)
    {
        if (item.Value[0] != '{')
            return null;
        if (JsonSlices.Properties(item.Memory).FindLast(member => member.Name == name) is not { IsNull: false } member)
            return null;
        return Text(member.Memory);
    }

    private static string? Text(ReadOnlyMemory<byte> value)
    {
        var reader = JsonReading.Of(value.Span);
        reader.Read();
        return TodoText.Read(ref reader);
    }
}
