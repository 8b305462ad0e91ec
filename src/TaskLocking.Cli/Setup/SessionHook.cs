using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace TaskLocking.Cli.Setup;

/// <summary>
/// The hook in Claude Code's <c>settings.json</c> that runs <c>tasklock prime</c> when a session begins, goes on or was shortened. All else
/// in the file stays byte for byte.
/// </summary>
internal static class SessionHook
{
    private const string Command = "tasklock prime";
    private const string Event = "SessionStart";

    private static readonly string[] Entry =
    [
        "{",
        "  \"matcher\": \"startup|resume|clear|compact\",",
        "  \"hooks\": [",
        $"    {{ \"type\": \"command\", \"command\": \"{Command}\" }}",
        "  ]",
        "}",
    ];

    /// <summary>The file with the hook, or without it.</summary>
    /// <exception cref="FormatException">Says why the file is not understood.</exception>
    public static string Put(string text, bool remove)
    {
        if (text.Trim().Length == 0)
            return remove ? text : Put("{\n}\n", remove);
        var json = Encoding.UTF8.GetBytes(text);
        Check(json);
        var path = Find(json);
        var events = path.Count == 3 ? path[2] : null;
        var own = events?.Parts.Where(part => Runs(json, part)).ToList() ?? [];
        if (remove)
            return own.Where(part => IsOurs(json, part)).Cast<JsonPart?>().FirstOrDefault() is { } part
                ? Remove(text, json, path, part) : text;
        return own.Count > 0 ? text : Insert(text, json, path);
    }

    private static void Check(byte[] json)
    {
        try
        {
            // Of two members of one name nobody knows which one counts.
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new FormatException("is no JSON object. Put it right");
        }
        catch (JsonException fault)
        {
            throw new FormatException(
                $"is no JSON that is understood (line {fault.LineNumber + 1}; comments and a comma too many are none). "
                + "Put it right", fault);
        }
    }

    // The whole, "hooks" in it, and the list of the event in that: as far as they are there.
    private static List<JsonBox> Find(byte[] json)
    {
        var path = new List<JsonBox> { JsonBox.Read(json, Skip(json))! };
        foreach (var (name, isObject) in new[] { ("hooks", true), (Event, false) })
        {
            if (path[^1].Parts.Where(part => part.Name == name).Cast<JsonPart?>().FirstOrDefault() is not { } part)
                break;
            path.Add(JsonBox.Read(json, part.Value) is { } box && box.IsObject == isObject ? box
                : throw new FormatException($"has something else under '{name}' than {(isObject ? "an object" : "a list")}. Put it right"));
        }
        return path;
    }

    private static int Skip(byte[] json) => json.AsSpan().IndexOf((byte)'{');

    private static bool Runs(byte[] json, JsonPart part)
    {
        using var document = JsonDocument.Parse(json.AsMemory(part.Value, part.End - part.Value));
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("hooks", out var hooks) && hooks.ValueKind == JsonValueKind.Array
            && hooks.EnumerateArray().Any(hook => hook.ValueKind == JsonValueKind.Object && hook.TryGetProperty("command", out var command)
                && command.ValueKind == JsonValueKind.String
                && command.GetString()!.StartsWith(Command, StringComparison.Ordinal));
    }

    private static bool IsOurs(byte[] json, JsonPart part)
    {
        using var found = JsonDocument.Parse(json.AsMemory(part.Value, part.End - part.Value));
        using var ours = JsonDocument.Parse(string.Concat(Entry));
        return JsonElement.DeepEquals(found.RootElement, ours.RootElement);
    }

    private static string Insert(string text, byte[] json, List<JsonBox> path)
    {
        IEnumerable<string> lines = Entry;
        if (path.Count < 3)
            lines = Wrapped(Event, "[", lines, "]");
        if (path.Count < 2)
            lines = Wrapped("hooks", "{", lines, "}");
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var box = path[^1];
        var outer = Indentation(json, box.Open);
        var unit = path[0].Parts is [var first, ..] && Indentation(json, first.Start) is { Length: > 0 } one ? one : "  ";
        var inner = box.Parts is [.., var last] && Indentation(json, last.Start) is { Length: > 0 } there ? there : outer + unit;
        var all = string.Join(newLine, lines.Select(line => inner + Indented(line, unit)));
        return box.Parts is [.., var end]
            ? Join(json, end.End, "," + newLine + all, end.End)
            : Join(json, box.Open + 1, newLine + all + newLine + outer, box.Close);
    }

    // Boxes that would be left empty go with it, but for the whole.
    private static string Remove(string text, byte[] json, List<JsonBox> path, JsonPart part)
    {
        for (var i = path.Count - 1; ; i--)
        {
            var parts = path[i].Parts.ToList();
            var place = parts.FindIndex(each => each.Start == part.Start);
            if (place > 0)
                return Join(json, parts[place - 1].End, "", part.End);
            if (parts.Count > 1)
                return Join(json, part.Start, "", parts[1].Start);
            if (i == 0)
                return Join(json, path[0].Open + 1, text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n", path[0].Close);
            part = path[i - 1].Parts.First(each => each.Value == path[i].Open);
        }
    }

    private static IEnumerable<string> Wrapped(string name, string open, IEnumerable<string> lines, string close) =>
        [$"\"{name}\": {open}", .. lines.Select(line => "  " + line), close];

    private static string Indented(string line, string unit)
    {
        var text = line.TrimStart(' ');
        return string.Concat(Enumerable.Repeat(unit, (line.Length - text.Length) / 2)) + text;
    }

    // What stands before the first thing on the line of a place.
    private static string Indentation(byte[] json, int place)
    {
        var line = json.AsSpan(0, place).LastIndexOf((byte)'\n') + 1;
        var end = line;
        while (end < place && json[end] is (byte)' ' or (byte)'\t')
            end++;
        return Encoding.UTF8.GetString(json, line, end - line);
    }

    private static string Join(byte[] json, int from, string between, int to) =>
        Encoding.UTF8.GetString(json, 0, from) + between + Encoding.UTF8.GetString(json, to, json.Length - to);
}
