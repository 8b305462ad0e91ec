using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>The sentences about a document that somebody else wrote: what became of it, where it is, what to do.</summary>
internal sealed class DocumentNotices(StorePaths paths, StoreNotices notices)
{
    // More would not be read in one line.
    private const int MostIds = 20;

    /// <summary>It was no document and is put aside.</summary>
    public void PutAside(string fault, string kept) => notices.Add(new StoreNotice(StoreNoticeKind.DocumentBroken,
        $"'{paths.Document}' was not a Todo2 document ({fault}): the tasks were recovered from backup and journal, "
        + $"and what stood there was put aside as '{kept}'.", kept));

    /// <summary>It is no document, and nobody has dealt with that yet.</summary>
    public void IsBroken(string fault) => notices.Add(new StoreNotice(StoreNoticeKind.DocumentBroken,
        $"'{paths.Document}' is not a Todo2 document ({fault}): the tasks were recovered from backup and journal. "
        + "The next change puts it aside and writes it anew.", paths.Document));

    /// <summary>What the journal ended in was no whole line.</summary>
    public void Cut(string journal, int length, string kept) => notices.Add(new StoreNotice(StoreNoticeKind.JournalCut,
        $"'{journal}' ended in {length} bytes that are no whole commit, as a process or a machine leaves them that ends in the midst of "
        + $"one; they were cut off and put aside as '{kept}'. If somebody was told that it succeeded, something has damaged the journal.",
        kept));

    /// <summary>
    /// What it left out although nobody can tell that its writer ever saw it: one sentence for all of it, to be told once.
    /// </summary>
    public void Tell(MergeFindings findings)
    {
        var parts = new List<string>();
        if (findings.Lacking.Count > 0)
            parts.Add($"lacks {Count(findings.Lacking, "task")}");
        if (findings.Partial.Count > 0)
            parts.Add($"lacks fields or history of {Count(findings.Partial, "task")}");
        if (parts.Count == 0)
            return;
        notices.Add(new StoreNotice(StoreNoticeKind.DocumentIncomplete,
            $"'{paths.Document}' was written by somebody else, without our mark or from an older one, and {string.Join(", and ", parts)}: "
            + "recovered, nothing is removed by that. What is to go, remove by its id: 'tasklock task remove ID', or Remove-AgentTask.",
            paths.Document));
    }

    /// <summary>The same, and what of it lost a merge.</summary>
    public void Tell(MergeFindings findings, string? kept)
    {
        Tell(findings);
        if (kept is null)
            return;
        var parts = new List<string>();
        if (findings.NotTaken.Count > 0)
            parts.Add($"{Count(findings.NotTaken, "todo")} not taken over, since ours are later");
        if (findings.Archived.Count > 0)
            parts.Add(Count(findings.Archived, "task") + " not brought back from the archive ('tasklock task restore ID' does that, or "
                + "Expand-AgentTask)");
        if (findings.Displaced.Count > 0)
            parts.Add($"{Count(findings.Displaced, "todo")} of ours displaced by later ones");
        if (findings.Removed.Count > 0)
            parts.Add($"{Count(findings.Removed, "task")} removed");
        notices.Add(new StoreNotice(StoreNoticeKind.EditSetAside,
            $"'{paths.Document}' was written by somebody else: {string.Join("; ", parts)}. "
            + $"What is no longer there was put aside as '{kept}'.", kept));
    }

    private static string Count(List<string> ids, string what)
    {
        var named = string.Join(", ", ids.Take(MostIds).Select(id => id.Length == 0 ? "one without an id" : id));
        return $"{ids.Count} {what}{(ids.Count == 1 ? "" : "s")} ({named}{(ids.Count > MostIds ? ", …" : "")})";
    }
}
