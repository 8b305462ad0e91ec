using System;
using System.Collections.Generic;

namespace TaskLocking.Storage;

/// <summary>
/// What a todo becomes that somebody changed who may not have seen all that we have, or dropped what he did not know: his values count, what he
/// lacks stays. The history is that of both; what it shows that he never saw, keeps our value.
/// </summary>
internal static class TodoUnion
{
    private static readonly string[] Lists = ["changes", "comments"];

    /// <summary>The todo; <paramref name="hasMore"/> tells whether anything of ours had to be added.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> ours, ReadOnlyMemory<byte> theirs, out bool hasMore)
    {
        var (mine, other) = (JsonUnion.Members(ours.Span), JsonUnion.Members(theirs.Span));
        var instead = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var unseen = Unseen(Value(mine, ours, "changes"), Value(other, theirs, "changes"));
        var isOtherStatus = !JsonSame.As(Value(mine, ours, "status").Span, Value(other, theirs, "status").Span);
        var lacking = new List<JsonUnion.Member>();
        foreach (var member in mine)
        {
            var value = ours[member.Value];
            if (member.Name == "taskLocking")
                continue;
            if (!other.Exists(known => known.Name == member.Name))
            {
                // The time of an end goes with it.
                if (!isOtherStatus || member.Name != "completedAt")
                    lacking.Add(member);
            }
            else if (Array.IndexOf(Lists, member.Name) >= 0)
            {
                if (Together(value, Value(other, theirs, member.Name)) is { } both)
                    instead.Add(member.Name, both);
            }
            else if (unseen.Contains(member.Name) && !JsonSame.As(value.Span, Value(other, theirs, member.Name).Span))
            {
                instead.Add(member.Name, value);
            }
        }
        hasMore = lacking.Count + instead.Count > 0;
        return hasMore ? JsonUnion.Of(theirs.Span, other, instead, ours.Span, lacking) : theirs;
    }

    private static ReadOnlyMemory<byte> Value(List<JsonUnion.Member> members, ReadOnlyMemory<byte> json, string name) =>
        members.FindLast(member => member.Name == name) is { } member ? json[member.Value] : "null"u8.ToArray();

    // A writer keeps the history as he found it and adds to it, or cuts it at its old end: what follows the last entry that he has, he has not seen.
    private static HashSet<string> Unseen(ReadOnlyMemory<byte> ours, ReadOnlyMemory<byte> theirs)
    {
        var fields = new HashSet<string>(StringComparer.Ordinal);
        if (ours.Span[0] != '[' || theirs.Span[0] != '[')
            return fields;
        var mine = JsonSlices.Elements(ours);
        var other = Keys(JsonSlices.Elements(theirs));
        var last = mine.FindLastIndex(change => other.Contains(JsonKey.Of(change.Value)));
        for (var at = last + 1; last >= 0 && at < mine.Count; at++)
        {
            if (Text(mine[at], "field") is { } field)
                fields.Add(field);
        }
        return fields;
    }

    // Ours first, then what is new in theirs; null where theirs has all of ours. One that both have, by its id, counts as they left it.
    private static ReadOnlyMemory<byte>? Together(ReadOnlyMemory<byte> ours, ReadOnlyMemory<byte> theirs)
    {
        if (ours.Span[0] != '[' || theirs.Span[0] != '[')
            return ours.Span[0] == '[' && JsonSlices.Elements(ours).Count > 0 ? ours : null;
        var (mine, other) = (JsonSlices.Elements(ours), JsonSlices.Elements(theirs));
        var named = new Dictionary<string, JsonMember>(StringComparer.Ordinal);
        foreach (var item in other)
        {
            if (Text(item, "id") is { } id)
                named[id] = item;
        }
        var known = Keys(other);
        var list = mine.ConvertAll(item => !known.Contains(JsonKey.Of(item.Value)) && Text(item, "id") is { } id && named.TryGetValue(id, out var changed) ? changed : item);
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
        if (item.Value[0] != '{' || JsonSlices.Properties(item.Memory).FindLast(member => member.Name == name) is not { IsNull: false } member)
            return null;
        var reader = JsonReading.Of(member.Value);
        reader.Read();
        return TodoText.Read(ref reader);
    }
}
