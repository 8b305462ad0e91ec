using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// What of the archive the todos of a board name: those of the document, whether a verb reaches them or not, and archived ones.
/// </summary>
internal static class HistoryNames
{
    /// <summary>The names of the parts.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt where an archived task cannot be read.</exception>
    public static HashSet<string> Of(StateSnapshot state, ITaskArchive archive) =>
        new(All(state, archive).Select(named => named.Part.Name), StringComparer.Ordinal);

    /// <summary>What has left the todos of a board must be there, whole.</summary>
    /// <returns>A sentence, with a space before it; empty where nothing has left any.</returns>
    /// <exception cref="InvalidDataException">What is missing or damaged.</exception>
    public static string Check(StateSnapshot state, ITaskArchive archive)
    {
        var (faults, ids, count) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal), 0);
        foreach (var (id, part) in All(state, archive))
        {
            ids.Add(id);
            count += part.Count;
            if (WholeHistory.TryRead(id, part, archive.Histories, out var fault) is null)
                faults.Add(fault);
        }
        if (faults.Count > 0)
            throw new InvalidDataException(string.Join(" ", faults));
        return ids.Count == 0 ? ""
            : $" {count} entries of the histories of {ids.Count} task{(ids.Count == 1 ? "" : "s")} lie there, whole.";
    }

    /// <summary>Each line, and whose history it holds.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt where an archived task cannot be read.</exception>
    public static IEnumerable<(string Id, HistoryPart Part)> All(StateSnapshot state, ITaskArchive archive)
    {
        foreach (var entry in state.Entries)
        {
            foreach (var part in TodoHistory.Moved(entry.Json)?.Parts ?? [])
                yield return (entry.Id, part);
        }
        foreach (var task in state.Archive.Count == 0 ? [] : archive.ReadAll(state.Archive))
        {
            foreach (var part in TodoHistory.Moved(task.Source!.Json)?.Parts ?? [])
                yield return (task.Id, part);
        }
    }
}
