using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.SelfTest;

/// <summary>What was archived must be there, whole, as the state tells.</summary>
internal static class ArchiveCheck
{
    /// <exception cref="InvalidDataException">What is missing or damaged.</exception>
    public static string Run(string workspace, StorePaths paths)
    {
        if (!Directory.Exists(paths.Folder))
            return "Nothing is archived.";
        using var board = TaskBoard.Open(workspace);
        var archive = new FileArchive(paths);
        StateSnapshot state;
        IReadOnlyList<ArchiveSegment> segments;
        try
        {
            state = (StateSnapshot)board.State(default);
            segments = state.Archive;
        }
        catch (TaskLockingException)
        {
            return "What is archived cannot be told: the state's own test says why.";
        }
        var faults = segments.Select(archive.Fault).OfType<string>().ToList();
        if (faults.Count > 0)
            throw new InvalidDataException(string.Join(" ", faults));
        var histories = HistoryNames.Check(state, archive);
        var unknown = StoreFolder.Files(paths.Archive, "*.jsonl").Select(Path.GetFileNameWithoutExtension)
            .Where(name => !segments.Any(
                segment => segment.Name == name || segment.Replaces.Contains(name!, StringComparer.Ordinal)))
            .ToList();
        return (segments.Count == 0 ? "Nothing is archived." : $"{segments.Sum(segment => segment.Tasks)} archived tasks are there, whole.")
            + histories
            + (unknown.Count == 0 ? "" : $" In '{paths.Archive}' lies what no commit names, as a killed archiving leaves it: "
                + string.Join(", ", unknown) + ".");
    }
}
