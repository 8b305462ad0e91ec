using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>The <c>changes[]</c> of a todo as bytes, and what has left it for the archive.</summary>
internal static class TodoHistory
{
    private const string Changes = "changes";
    private const string Own = "taskLocking";

    /// <summary>What a todo calls it, under our key, that has left it.</summary>
    public const string History = "history";

    /// <summary>The entries that the todo has, in their order.</summary>
    public static List<JsonMember> Entries(ReadOnlyMemory<byte> todo) =>
        JsonSlices.Properties(todo).FindLast(field => field.Name == Changes) is { Value: [(byte)'[', ..] } changes
            ? JsonSlices.Elements(changes.Memory) : [];

    /// <summary>What has left it; null for nothing.</summary>
    public static MovedHistory? Moved(ReadOnlyMemory<byte> todo) =>
        MovedJson(todo) is { } json ? MovedHistoryJson.Read(json.Memory) : null;

    /// <summary>The same as it stands there.</summary>
    public static JsonMember? MovedJson(ReadOnlyMemory<byte> todo) => todo.Span.IndexOf("\"history\""u8) < 0 ? null
        : JsonSlices.Own(todo).FindLast(member => member.Name == History);

    /// <summary>
    /// The todo without its first entries, whose other bytes stay, and with what it tells of them; null where that would leave none, or its
    /// members are there twice.
    /// </summary>
    public static byte[]? Without(ReadOnlyMemory<byte> todo, int count, ReadOnlyMemory<byte> moved)
    {
        var json = todo.Span;
        var members = JsonUnion.Members(json);
        if (members.FindAll(member => member.Name == Changes) is not [var changes]
            || members.FindAll(member => member.Name == Own) is not [var own] || json[own.Start] != '{'
            || Behind(json, changes, count) is not { } rest)
            return null;
        var array = new ByteBuffer(changes.End - rest + 1);
        array.Write("["u8);
        array.Write(json[rest..changes.End]);
        return JsonUnion.Of(json, members, new(StringComparer.Ordinal)
        {
            [Changes] = array.WrittenMemory,
            [Own] = With(todo[own.Value], moved),
        }, default, []);
    }

    /// <summary>The todo with other entries, on one line each as it has them.</summary>
    public static byte[] With(ReadOnlyMemory<byte> todo, IReadOnlyList<JsonMember> entries)
    {
        var array = new ByteBuffer();
        array.Write("["u8);
        for (var i = 0; i < entries.Count; i++)
        {
            if (i > 0)
                array.Write(", "u8);
            array.Write(entries[i].Value);
        }
        array.Write("]"u8);
        return JsonUnion.Of(todo.Span, JsonUnion.Members(todo.Span),
            new(StringComparer.Ordinal) { [Changes] = array.WrittenMemory }, default, []);
    }

    /// <summary>The todo as one that has all of its history.</summary>
    public static ReadOnlyMemory<byte> Whole(ReadOnlyMemory<byte> todo, IReadOnlyList<JsonMember> entries)
    {
        ReadOnlyMemory<byte> whole = With(todo, entries);
        var members = JsonUnion.Members(whole.Span);
        return members.FindLast(member => member.Name == Own) is { } own && whole.Span[own.Start] == '{'
            ? JsonUnion.Of(whole.Span, members, new(StringComparer.Ordinal) { [Own] = OwnWithout(whole[own.Value]) }, default, []) : whole;
    }

    /// <summary>What a todo has under our key, as an object without what it tells of entries that have left it.</summary>
    public static ReadOnlyMemory<byte> OwnWithout(ReadOnlyMemory<byte> own)
    {
        if (own.Span[0] != '{' || own.Span.IndexOf("\"history\""u8) < 0)
            return own;
        var rest = new ByteBuffer();
        rest.Write("{"u8);
        foreach (var member in JsonSlices.Properties(own))
        {
            if (member.Name == History)
                continue;
            if (rest.Length > 1)
                rest.Write(","u8);
            rest.WriteQuoted(member.Name);
            rest.Write(":"u8);
            rest.Write(member.Value);
        }
        rest.Write("}"u8);
        return rest.ToArray();
    }

    /// <summary>The todo as one of which nothing has left, or something else has.</summary>
    public static ReadOnlyMemory<byte> Telling(ReadOnlyMemory<byte> todo, ReadOnlyMemory<byte> moved)
    {
        var members = JsonUnion.Members(todo.Span);
        return members.FindLast(member => member.Name == Own) is { } own && todo.Span[own.Start] == '{'
            ? JsonUnion.Of(todo.Span, members, new(StringComparer.Ordinal) { [Own] = With(todo[own.Value], moved) }, default, [])
            : todo;
    }

    private static byte[] With(ReadOnlyMemory<byte> own, ReadOnlyMemory<byte> moved)
    {
        var members = JsonUnion.Members(own.Span);
        if (members.Exists(member => member.Name == History))
            return JsonUnion.Of(own.Span, members, new(StringComparer.Ordinal) { [History] = moved }, default, []);
        byte[] ours = [.. "{\"history\":"u8, .. moved.Span, (byte)'}'];
        return JsonUnion.Of(own.Span, members, [], ours, JsonUnion.Members(ours));
    }

    // Where that begins which follows the comma behind so many elements; null where none follows.
    private static int? Behind(ReadOnlySpan<byte> json, JsonUnion.Member array, int count)
    {
        if (json[array.Start] != '[')
            return null;
        var at = array.Start + 1;
        for (; count > 0; count--)
        {
            at = JsonScan.Space(json, at);
            if (json[at] == ']')
                return null;
            at = JsonScan.Space(json, JsonScan.Value(json, at));
            if (json[at] != ',')
                return null;
            at++;
        }
        return at;
    }
}
