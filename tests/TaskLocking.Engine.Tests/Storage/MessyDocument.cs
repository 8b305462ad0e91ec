using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// A Todo2 document in every shape that was seen in real ones: mixed cases and aliases, ten forms of comments, whole and broken hours,
/// naive and exact timestamps, dangling dependencies, ids twice or missing, fields nobody knows, escapes, odd spacing.
/// </summary>
internal static class MessyDocument
{
    private static readonly string[] Statuses =
    [
        "Todo", "In Progress", "Review", "Done", "Blocked", "Cancelled", "todo", "in_progress", "in-progress", "done", "pending", "active",
        "completed", "finished", "canceled", "REVIEW", "someday",
    ];

    private static readonly string[] Priorities = ["low", "medium", "high", "critical", "P1", "P2", "High", "urgent"];

    private static readonly string[] Times =
    [
        "2025-10-26T12:47:44.123Z", "2025-10-26T12:47:44Z", "2025-10-26T12:47:44", "2025-10-26T12:47:44.123456",
            "2025-10-26T12:47:44+02:00", "2025-10-26 12:47:44",
    ];

    private static readonly string[] Comments =
    [
        """{"text":"plain"}""",
        """{"id":"c1","type":"note","content":"x","created":"2025-10-26T12:47:44"}""",
        """{"id":7,"type":"result","content":"**bold**\n- list","lastModified":"2025-10-26T12:47:44Z"}""",
        "\"a bare string\"",
        """{"author":"kim","body":"b","timestamp":1761482864}""",
        """{"type":"research_with_links","content":"https://example.org/?a=1&b=2","todoId":"T-1"}""",
        """{"content":null}""",
        """{"nested":{"deep":[1,2,{"x":[]}]},"type":"manualsetup"}""",
        """{"comment":"w\u00e9ird \ud83d\ude80 \/ \u0022quoted\u0022"}""",
        "null",
    ];

    /// <summary>The bytes of a document of so many todos; the first is always addressable as <c>M-0</c>.</summary>
    public static byte[] Write(int count, int seed, bool byteOrderMark = false, string newline = "\n")
    {
        var random = new Random(seed);
        var text =
            new StringBuilder("{\n  \"project\": {\"id\": \"p1\", \"name\": \"Ünïcode \\u0026 more\", \"path\" : \"C:\\\\x\"},\n  " +
                "\"todos\": [\n");
        text.AppendJoin(",\n", Enumerable.Range(0, count).Select(number => Todo(number, random)));
        text.Append("\n  ],\n  \"tasks\": [],\n  \"comments\": [ {\"id\": 1} ],\n  \"activities\": [],\n  \"nextTaskNumber\": ")
            .Append(count + 1);
        text.Append(",\n  \"updated_at\": \"2025-10-26T12:47:44\",\n  \"lastModified\": \"2025-10-26T12:47:44.000Z\",\n  \"x-unknown\": " +
            "[1.0, 1e3, -0]\n}\n");
        var bytes = Encoding.UTF8.GetBytes(text.Replace("\n", newline).ToString());
        return byteOrderMark ? [0xef, 0xbb, 0xbf, .. bytes] : bytes;
    }

    private static string Todo(int number, Random random)
    {
        var fields = new List<string> { $"\"name\": \"Todo {number} {Text(random)}\"",
            $"\"status\": \"{Statuses[number % Statuses.Length]}\"" };
        if (number % 97 != 50)
            fields.Insert(number % 5 == 4 ? 2 : 0, $"\"id\": \"{Id(number)}\"");
        fields.Add($"\"priority\":\"{Priorities[number % Priorities.Length]}\"");
        fields.Add(number % 3 == 0 ? "\"tags\": []" : "\"tags\": [ \"backend\",\"x y\" ]");
        fields.Add($"\"created\": \"{Times[number % Times.Length]}\"");
        fields.Add($"\"lastModified\": \"{Times[(number + 1) % Times.Length]}\"");
        if (number % 4 == 1)
            fields.Add($"\"dependencies\": [\"M-{number / 2 - 1}\", \"gone-{number}\"]");
        if (number % 6 == 2)
            fields.Add("\"estimatedHours\": " + (number % 12 == 2 ? "3" : (number / 8.0).ToString("0.0##", CultureInfo.InvariantCulture)));
        if (number % 7 == 3)
            fields.Add("\"comments\": ["
                + string.Join(number % 2 == 0 ? ", " : ",\n      ", Enumerable.Range(0, 1 + number % 4)
                    .Select(at => Comments[(number + at) % Comments.Length])) + "]");
        if (number % 5 == 0)
            fields.Add($"\"changes\": [{{\"field\":\"status\",\"oldValue\":\"Todo\",\"newValue\":\"In " +
                $"Progress\",\"timestamp\":\"{Times[number % Times.Length]}\"}}, " +
                $"{{\"field\":\"tags\",\"oldValue\":[],\"newValue\":[\"a\"]}}]");
        if (number % 9 == 4)
            fields.Add("\"content\": \"" + string.Concat(Enumerable.Repeat("lines\\n\\tof text \\u00fc ü ", number % 40)) + "\"");
        if (number % 11 == 5)
            fields.Add($"\"assignee\": " +
                $"{{\"type\":\"agent\",\"name\":\"old-{number}\",\"hostname\":null,\"assigned_at\":\"{Times[0]}\",\"assigned_by\":\"x\"}}");
        if (number % 13 == 6)
            fields.Add("\"zz_unknown\": {\"big\": 12345678901234567890, \"tiny\": 1.0E-10, \"t\": true, \"deep\": [[[{}]]]}, \"name2\": " +
                "null");
        var separator = (number % 3) switch { 0 => ",\n      ", 1 => ", ", _ => "," };
        return number % 3 == 0 ? "    {\n      " + string.Join(separator, fields) + "\n    }" : "    {" + string.Join(separator, fields)
            + " }";
    }

    // Every hundred and first stands there a second time.
    private static string Id(int number) => number % 101 == 100 ? "M-1" : "M-" + number.ToString(CultureInfo.InvariantCulture);

    private static string Text(Random random) =>
        random.Next(4) switch { 0 => "\\u00e4\\ud83d\\ude00", 1 => "ß🚀", 2 => "\\\"quoted\\\" \\/ slash", _ => "plain" };
}
