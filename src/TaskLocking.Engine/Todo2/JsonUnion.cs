using System;
using System.Collections.Generic;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>An object of others with the members of ours that it lacks, behind its own; what it has keeps its bytes.</summary>
internal static class JsonUnion
{
    /// <summary>A member: its name as text; where the name stands, quotes included; and from where to where its value.</summary>
    internal sealed record Member(string Name, Range Label, int Start, int End)
    {
        public Range Value => Start..End;
    }

    /// <summary>The members of an object, in order.</summary>
    public static List<Member> Members(ReadOnlySpan<byte> json)
    {
        var members = new List<Member>();
        var reader = JsonReading.Of(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = TodoText.Read(ref reader)!;
            var label = (int)reader.TokenStartIndex;
            var quoted = label..JsonScan.String(json, label);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            members.Add(new Member(name, quoted, start, (int)reader.BytesConsumed));
        }
        return members;
    }

    /// <summary>The object.</summary>
    /// <param name="theirs">What it begins as.</param>
    /// <param name="members">Its members.</param>
    /// <param name="instead">Other values for some of them, by name.</param>
    /// <param name="ours">The object that has what it lacks.</param>
    /// <param name="lacking">What is to be taken over from there.</param>
    public static byte[] Of(
        ReadOnlySpan<byte> theirs,
        List<Member> members,
        Dictionary<string, ReadOnlyMemory<byte>> instead,
        ReadOnlySpan<byte> ours,
        List<Member> lacking)
    {
        var json = new ByteBuffer(theirs.Length + ours.Length);
        var at = 0;
        foreach (var member in members)
        {
            if (!instead.TryGetValue(member.Name, out var value))
                continue;
            json.Write(theirs[at..member.Start]);
            json.Write(value.Span);
            at = member.End;
        }
        var (brace, end) = (theirs.IndexOf((byte)'{') + 1, members.Count > 0 ? members[^1].End : theirs.LastIndexOf((byte)'}'));
        json.Write(theirs[at..end]);
        var lead = members.Count > 0 ? theirs[brace..(brace + theirs[brace..].IndexOf((byte)'"'))] : default;
        var isFirst = members.Count == 0;
        foreach (var member in lacking)
        {
            json.Write(isFirst ? default : ","u8);
            json.Write(lead);
            json.Write(ours[member.Label]);
            json.Write(lead.IndexOf((byte)'\n') >= 0 ? ": "u8 : ":"u8);
            json.Write(ours[member.Value]);
            isFirst = false;
        }
        json.Write(theirs[end..]);
        return json.ToArray();
    }

    /// <summary>The object without a member, and without the comma that stood beside it.</summary>
    public static byte[] Without(byte[] json, string name)
    {
        var members = Members(json);
        var at = members.FindIndex(member => member.Name == name);
        if (at < 0)
            return json;
        var (from, to) = (at > 0 ? members[at - 1].End : Array.IndexOf(json, (byte)'{') + 1, members[at].End);
        if (at == 0 && members.Count > 1)
            to = Array.IndexOf(json, (byte)',', to) + 1;
        return [.. json.AsSpan(0, from), .. json.AsSpan(to)];
    }
}
