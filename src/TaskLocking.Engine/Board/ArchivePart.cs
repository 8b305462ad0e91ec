using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// How a part of the archive is named among the tasks that may be held: whoever takes parts away that nobody names holds their names, so
/// that no commit comes to name one later. No id of a task is like these.
/// </summary>
internal static class ArchivePart
{
    private const string Prefix = " archive ";

    /// <summary>The name of a part as it may be held.</summary>
    public static string HeldName(string part) => Prefix + part;

    /// <summary>The name of the part; null where it is a task that is held.</summary>
    public static string? Of(string held) => held.StartsWith(Prefix, StringComparison.Ordinal) ? held.Substring(Prefix.Length) : null;

    /// <summary>The parts that a commit names, as they may be held; null for none, which is nearly always so.</summary>
    public static List<string>? NamedBy(ChangeSet set)
    {
        List<string>? named = null;
        for (var i = 0; i < set.Changes.Count; i++)
        {
            var parts = set.Changes[i] switch
            {
                ArchiveChange { After: { } part } => [part.Name],
                HistoryMoved moved => Of(MovedHistoryJson.Read(moved.Moved)),
                TaskTakenOver { Theirs.Source: { } source } => Of(TodoHistory.Moved(source.Json)),
                _ => null,
            };
            if (parts is not null)
                (named ??= []).AddRange(parts.Select(HeldName));
        }
        return named;
    }

    private static IEnumerable<string>? Of(MovedHistory? moved) => moved?.Parts.Select(part => part.Name).Distinct(StringComparer.Ordinal);
}
