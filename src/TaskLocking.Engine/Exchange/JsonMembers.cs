using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Exchange;

/// <summary>Values of another tool's JSON, whatever shape they have.</summary>
internal static class JsonMembers
{
    /// <summary>The last member of a name; null for none and for null.</summary>
    public static JsonMember? Find(this List<JsonMember> members, string name) =>
        members.FindLast(member => member.Name == name) is { IsNull: false } member ? member : null;

    /// <summary>A text, or a number as one; of anything else its JSON text; null for none.</summary>
    public static string? Text(this List<JsonMember> members, string name) => members.Find(name) is { } member ? Text(member) : null;

    public static string? Text(JsonMember member)
    {
        if (member.IsNull)
            return null;
        if (member.Value[0] is (byte)'{' or (byte)'[')
            return JsonSlices.Compact(member.Value);
        var reader = JsonReading.Of(member.Value);
        reader.Read();
        return TodoText.Read(ref reader);
    }

    /// <summary>The texts of a list, or a single one.</summary>
    public static IEnumerable<string> Texts(this List<JsonMember> members, string name) =>
        members.Find(name) is not { } member ? []
        : member.Value[0] == '[' ? JsonSlices.Elements(member.Memory).Select(Text).OfType<string>()
        : new[] { Text(member) }.OfType<string>();

    /// <summary>The objects of a list.</summary>
    public static IEnumerable<List<JsonMember>> Objects(this List<JsonMember> members, string name) =>
        members.Find(name) is not { } member || member.Value[0] != '[' ? []
            : JsonSlices.Elements(member.Memory).Where(element => element.Value[0] == '{').Select(element =>
                JsonSlices.Properties(element.Memory));

    /// <summary>A time as a document writes it; one that tells no offset stays as it is.</summary>
    public static string? Time(string? text) =>
        text is null || Timestamp.Parse(text) is not { } time ? null : Timestamp.IsNaive(text) ? text : Timestamp.Format(time);

    /// <summary>
    /// The JSON values of a text, one behind the other, those of a list one by one; each with the line that it begins in.
    /// </summary>
    /// <exception cref="TaskLockingException">InvalidArgument for what is no JSON.</exception>
    public static List<(int Line, ReadOnlyMemory<byte> Json)> Values(ImportFile file)
    {
        var values = new List<(int, ReadOnlyMemory<byte>)>();
        var json = WithoutMark(file.Content);
        var (line, at) = (1, 0);
        while (true)
        {
            for (; at < json.Length && json.Span[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'; at++)
                line += json.Span[at] == '\n' ? 1 : 0;
            if (at == json.Length)
                return values;
            var length = Length(json[at..], line, file);
            if (json.Span[at] == '[')
                AddElements(values, json.Slice(at, length), line);
            else
                values.Add((line, json.Slice(at, length)));
            line += Lines(json.Span.Slice(at, length));
            at += length;
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> text) => text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;

    private static int Length(ReadOnlyMemory<byte> json, int line, ImportFile file)
    {
        try
        {
            var reader = JsonReading.Of(json.Span);
            reader.Read();
            reader.Skip();
            return (int)reader.BytesConsumed;
        }
        catch (JsonException fault)
        {
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"{file.Name}, line {line + fault.LineNumber}: it is no JSON at byte {fault.BytePositionInLine + 1}. Example: "
                + "{\"id\":\"T-1\",\"name\":\"Fix the login\"}");
        }
    }

    private static void AddElements(List<(int, ReadOnlyMemory<byte>)> values, ReadOnlyMemory<byte> list, int line)
    {
        var reader = JsonReading.Of(list.Span);
        reader.Read();
        for (var from = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray;)
        {
            var start = (int)reader.TokenStartIndex;
            line += Lines(list.Span[from..start]);
            values.Add((line, JsonSlices.Value(list, ref reader)));
            from = start;
        }
    }

    private static int Lines(ReadOnlySpan<byte> text)
    {
        var lines = 0;
        foreach (var letter in text)
            lines += letter == '\n' ? 1 : 0;
        return lines;
    }
}
