using System;
using System.Collections.Generic;

namespace TaskLocking.Todo2;

/// <summary>
/// Writes the dependencies of a todo anew, and leaves what another tool wrote of them in its own words where it still holds.
/// </summary>
internal static class DependencyText
{
    /// <summary>A JSON list for <c>dependencies</c>.</summary>
    /// <param name="todo">The todo as it is.</param>
    /// <param name="task">Its id.</param>
    /// <param name="ids">What it is to wait for.</param>
    /// <param name="unread">What is to stay of that which is not understood, as the todo writes it.</param>
    public static string Rewrite(ReadOnlyMemory<byte> todo, string task, IReadOnlyList<string> ids, IReadOnlyCollection<string> unread)
    {
        var left = new HashSet<string>(ids, StringComparer.Ordinal);
        var kept = new HashSet<string>(unread, StringComparer.Ordinal);
        var elements = new List<string>();
        foreach (var member in JsonSlices.Properties(todo))
        {
            if (member.IsNull || !DependencyNames.Has(member.Name))
                continue;
            foreach (var element in member.Value[0] == '[' ? JsonSlices.Elements(member.Memory) : [member])
            {
                var reader = JsonReading.Of(element.Value);
                reader.Read();
                var text = JsonSlices.Compact(element.Value);
                // What means no dependency, as a related one, is none of ours to take away. A line of ids is written as the ids; an id
                // that is a number stays one.
                var stays = !DependencyReader.TryRead(ref reader, task, out var id) ? kept.Remove(text)
                    : id is null || (element.Value[0] is not (byte)'"' && left.Remove(id));
                if (stays)
                    elements.Add(text);
            }
        }
        foreach (var id in ids)
        {
            if (left.Remove(id))
                elements.Add(JsonSlices.Quote(id));
        }
        return "[" + string.Join(",", elements) + "]";
    }
}
