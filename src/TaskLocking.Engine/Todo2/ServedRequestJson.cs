using System;
using System.Collections.Generic;
using System.Globalization;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// Requests that were served as JSON, in the journal and in the document. An item is a text in four parts, <c>c 44 - T-1</c>: what became
/// of it (c changed, s already so, C and S the same of what came next), the token of its claim, the code of a refusal, the id; behind a
/// line feed the sentence of the refusal.
/// </summary>
internal static class ServedRequestJson
{
    private const string None = "-";

    public static string Write(ServedRequest request)
    {
        var items = new List<string>(request.Items.Count);
        foreach (var item in request.Items)
            items.Add(Write(item));
        return new JsonText().Add("id", request.Id).Add("print", request.Print).Add("at", request.At).Add("whole", request.IsWhole)
            .Add("nothing", request.Nothing).Add("items", items).ToString();
    }

    /// <summary>Null for what is none.</summary>
    public static ServedRequest? Read(RecordFields fields)
    {
        if (fields.Text("id") is not { Length: > 0 } id || fields.Text("print") is not { Length: > 0 } print
            || fields.Time("at") is not { } at)
            return null;
        var items = new List<ServedItem>();
        foreach (var text in fields.List("items"))
        {
            if (Item(text) is not { } item)
                return null;
            items.Add(item);
        }
        return new ServedRequest(id, print, at, fields.Flag("whole"), fields.Text("nothing"), items);
    }

    private static string Write(ServedItem item)
    {
        var kind = item.IsNext ? item.Changed ? "C" : "S" : item.Changed ? "c" : "s";
        var token = item.Token?.ToString(CultureInfo.InvariantCulture) ?? None;
        return $"{kind} {token} {item.Code?.ToString() ?? None} {item.Id}" + (item.Message is null ? "" : "\n" + item.Message);
    }

    private static ServedItem? Item(string text)
    {
        var end = text.IndexOf('\n');
        var parts = (end < 0 ? text : text.Substring(0, end)).Split([' '], 4);
        if (parts.Length < 4 || parts[0] is not ("c" or "s" or "C" or "S"))
            return null;
        long? token = long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        RefusalCode? code = Enum.TryParse<RefusalCode>(parts[2], out var known) ? known : null;
        var message = end < 0 ? null : text.Substring(end + 1);
        return new ServedItem(parts[3], parts[0] is "c" or "C", parts[0] is "C" or "S", token, code, message);
    }
}
