using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>Tells of dependencies on what is no task: they may be meant so, and more often one was mistyped.</summary>
internal static class MissingDependencies
{
    // More would not be read in one line.
    private const int MostShown = 20;

    /// <summary>The ids that no task has, each once.</summary>
    public static IReadOnlyList<string> Of(ITaskState state, IEnumerable<string> ids)
    {
        List<string>? missing = null;
        foreach (var id in ids)
        {
            if (state.Find(id) is null && missing?.Contains(id, StringComparer.Ordinal) != true)
                (missing ??= []).Add(id);
        }
        return missing ?? (IReadOnlyList<string>)[];
    }

    /// <summary>A line about all of them; null if there is none.</summary>
    public static StoreNotice? Notice(IReadOnlyList<TaskOutcome> outcomes, Func<ITaskState> read)
    {
        var all = outcomes.SelectMany(outcome => outcome.MissingDependencies.Select(id => (outcome.Id, Missing: id))).ToList();
        if (all.Count == 0)
            return null;
        var state = read();
        var told = all.Take(MostShown).Select(each => $"{each.Id} waits for {each.Missing}, which is no task{Meant(each.Missing, state)}");
        var more = all.Count > MostShown ? $"; {all.Count - MostShown} more" : "";
        return new StoreNotice(StoreNoticeKind.DependencyMissing,
            $"{string.Join("; ", told)}{more}: not ready before a task of that id is defined and done.");
    }

    // What people mistype most; a look at all ids would take as long as the store is large.
    private static string Meant(string id, ITaskState state)
    {
        var plain = id.Trim().TrimStart('#');
        string[] others =
            [plain, plain.TrimStart('0'), "0" + plain, "00" + plain, plain.ToUpperInvariant(), plain.ToLowerInvariant(), "T-" + plain];
        var meant = Array.Find(others, other => other.Length > 0 && other != id && state.Find(other) is not null);
        return meant is null ? "" : $" (is {meant} meant?)";
    }
}
