using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// Reads the <c>comments[]</c> of a todo, whoever wrote it: a list or a map of objects or texts, a single one of either, under whichever
/// names tools have for text, author and time. Nothing is left out: what has no text that is understood is shown as JSON text.
/// </summary>
internal static class TodoNotes
{
    private static readonly string[] Texts =
        ["content", "text", "body", "comment", "message", "note", "description", "markdown", "value", "summary"];

    private static readonly string[] Authors = ["by", "author", "user", "created_by", "createdBy", "username", "from", "agent", "name"];
    private static readonly string[] People = ["name", "login", "username", "displayName", "display_name", "id", "email"];
    private static readonly string[] Times =
        ["created", "created_at", "createdAt", "timestamp", "date", "time", "at", "posted_at", "lastModified", "updated_at", "updatedAt"];

    private static readonly string[] Kinds = ["type", "kind", "category"];
    private static readonly string[] Names = ["id", "commentId", "comment_id", "uuid"];

    /// <summary>The notes of a todo, in the order in which they stand.</summary>
    public static IReadOnlyList<TaskNote> Read(ReadOnlyMemory<byte> todo) => Find(todo) is { } comments ? Of(comments.Memory) : [];

    /// <summary>The value that readers see; null for none.</summary>
    public static JsonMember? Find(ReadOnlyMemory<byte> todo) => JsonSlices.Properties(todo).FindLast(field => field.Name == "comments");

    /// <summary>The notes of a value.</summary>
    public static IReadOnlyList<TaskNote> Of(ReadOnlyMemory<byte> comments)
    {
        if (comments.Span[0] == '[')
            return JsonSlices.Elements(comments).Select(element => One(element, null)).OfType<TaskNote>().ToList();
        if (IsMap(comments))
            return JsonSlices.Properties(comments).Select(member => One(member, member.Name)).OfType<TaskNote>().ToList();
        return One(new JsonMember("", comments), null) is { } single ? [single] : [];
    }

    /// <summary>Whether a value has a comment under each of its names, instead of being one.</summary>
    public static bool IsMap(ReadOnlyMemory<byte> comments) => comments.Span[0] == '{'
        && JsonSlices.Properties(comments).TrueForAll(member => member.Value[0] == '{' || !Known(member.Name));

    private static bool Known(string name) => Array.Exists([Texts, Names, Times], names => Array.IndexOf(names, name) >= 0);

    private static TaskNote? One(JsonMember element, string? id)
    {
        if (element.IsNull)
            return null;
        if (element.Value[0] != '{')
            return Text(element) is { Length: > 0 } text ? new TaskNote(NoteText.Note, text, null, null, id) : null;
        var members = JsonSlices.Properties(element.Memory);
        return new TaskNote(
            NoteText.KindOf(First(members, Kinds, Text)),
            First(members, Texts, Text) ?? JsonSlices.Compact(element.Value),
            First(members, Times, Time) is { } time ? Timestamp.Parse(time) : null,
            First(members, Authors, Person),
            First(members, Names, Text) ?? id);
    }

    private static string? First(List<JsonMember> members, string[] names, Func<JsonMember, string?> read)
    {
        foreach (var name in names)
        {
            if (members.FindLast(member => member.Name == name) is { } member && read(member) is { Length: > 0 } text)
                return text;
        }
        return null;
    }

    private static string? Person(JsonMember member) =>
        member.Value[0] == '{' ? First(JsonSlices.Properties(member.Memory), People, Text) : Text(member);

    // A number is seconds, or milliseconds, since 1970.
    private static string? Time(JsonMember member)
    {
        const double MostSeconds = 1e11;
        const double Most = 2e14;
        var text = Text(member);
        if (text is null || member.Value[0] == '"')
            return Timestamp.Parse(text) is null ? null : text;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and < Most
            ? Timestamp.Format(DateTimeOffset.FromUnixTimeMilliseconds((long)(number < MostSeconds ? number * 1000 : number)))
            : null;
    }

    // A list of texts is one of lines; whatever else is no text is told as it is written.
    private static string? Text(JsonMember member)
    {
        if (member.IsNull)
            return null;
        if (member.Value[0] == '[')
            return string.Join("\n", JsonSlices.Elements(member.Memory).Select(Text));
        if (member.Value[0] == '{')
            return JsonSlices.Compact(member.Value);
        var reader = JsonReading.Of(member.Value);
        reader.Read();
        return TodoText.Read(ref reader);
    }
}
