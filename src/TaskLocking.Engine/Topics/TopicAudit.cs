using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Locking;

namespace TaskLocking.Topics;

/// <summary>
/// Looks for what went wrong in a topics' root: takes no lock, and makes no file. A scan beside a running allocation can show a gap that is
/// none, so what counts is what two scans show alike.
/// </summary>
internal static class TopicAudit
{
    private const int MostNamed = 5;

    // An allocation holds the lock for less than a millisecond: whoever holds it for this long is stuck, or works under it.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    // Somebody allocates all the time: what may be missing in the last scan was made a moment ago.
    private const int MostScans = 8;

    public static TopicReport Run(string root, string lockPath)
    {
        var locked = FindHolder(lockPath);
        var entries = Scan(root);
        List<TopicIssue> issues = [.. Duplicates(entries), .. Gaps(entries), .. Misnamed(entries)];
        if (locked is not null)
            issues.Add(locked);
        return new TopicReport(root, entries.Count(entry => entry.IsTopic),
            Math.Max(0, entries.Select(entry => entry.Number).LastOrDefault()), issues,
            !issues.Exists(issue => issue.IsError));
    }

    /// <summary>What is told of folders after which nothing was numbered although they may be topics.</summary>
    public static StoreNotice Notice(string root, IReadOnlyList<string> unclear) => new(StoreNoticeKind.TopicUnclear,
        $"Nothing was numbered after {string.Join(", ", unclear.Take(MostNamed))}"
        + $"{(unclear.Count > MostNamed ? $" and {unclear.Count - MostNamed} more" : "")} in '{root}', "
        + "which may be topics or not. Rename them: at least three digits, then '_', if they are; else with a letter first.", root);

    /// <summary>What is told of the same where topics are listed.</summary>
    public static StoreNotice Unlisted(string root, IReadOnlyList<string> unclear) => new(StoreNoticeKind.TopicUnclear,
        $"Not listed: {string.Join(", ", unclear.Take(MostNamed))}"
        + $"{(unclear.Count > MostNamed ? $" and {unclear.Count - MostNamed} more" : "")} in '{root}', "
        + "which may be topics or not. Rename them: at least three digits, then '_', if they are; else with a letter first.", root);

    /// <summary>What is told where a merge is looked at by half of its history.</summary>
    public static TopicIssue Shallow(string root) => new("shallow", root,
        "This clone is shallow: what was renamed or removed before its history begins may be shown as a collision, or not be seen. "
        + "Fetch all of it ('git fetch --unshallow', 'fetch-depth: 0').", IsError: false);

    private static IEnumerable<TopicIssue> Duplicates(IReadOnlyList<TopicEntry> entries) =>
        from entry in entries
        where entry.IsTopic
        group entry.FileName by entry.Number into folders
        where folders.Count() > 1
        select new TopicIssue("duplicate", TopicFolderName.Format(folders.Key),
            $"{folders.Count()} folders have number {TopicFolderName.Format(folders.Key)}: {string.Join(", ", folders)}. 'tasklock topic " +
                "renumber' (Repair-TopicDirectory) gives the younger another.", IsError: true);

    private static IEnumerable<TopicIssue> Gaps(IReadOnlyList<TopicEntry> entries)
    {
        var expected = 1;
        foreach (var entry in entries)
        {
            if (entry.Number > expected)
            {
                var range = TopicFolderName.Format(expected)
                    + (entry.Number - 1 > expected ? "-" + TopicFolderName.Format(entry.Number - 1) : "");
                yield return new TopicIssue("gap", range, $"No topic has {range}: removed, or never made. Numbers are not given again.",
                    IsError: false);
            }
            expected = Math.Max(expected, entry.Number + 1);
        }
    }

    private static IEnumerable<TopicIssue> Misnamed(IReadOnlyList<TopicEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry is { IsFolder: true, Number: TopicFolderName.Dated })
            {
                var finding = $"'{entry.FileName}' begins with a date, so it takes no number.";
                yield return new TopicIssue("dated", entry.FileName, finding, IsError: false);
            }
            else if (entry is { IsFolder: true, Number: TopicFolderName.Unclear })
            {
                yield return Issue(entry, "may be a topic or not, so nothing is numbered after it. Rename it: at least three digits, "
                    + "then '_', if it is one; else with a letter first.");
            }
            else if (entry is { IsFolder: true, Number: < 0 })
            {
                yield return Issue(entry, "begins like a topic and is none: that needs at least three digits, then '_'. Rename it, "
                    + "or move it elsewhere if it is no topic.");
            }
            else if (!entry.IsFolder && entry.Number >= 0)
            {
                yield return Issue(entry, "is a file with a topic's number, which is not given again. Move it elsewhere.");
            }
            else if (entry.IsTopic && RightName(entry) is var right && entry.FileName != right)
            {
                yield return Issue(entry,
                    $"counts as topic {TopicFolderName.Format(entry.Number)} but is not named by the rule. Rename it to {right}.");
            }
        }
    }

    private static string RightName(TopicEntry entry) =>
        TopicFolderName.Format(entry.Number, TopicName.CleanOrEmpty(entry.Name, out _) is { Length: > 0 } clean ? clean : "untitled");

    private static TopicIssue Issue(TopicEntry entry, string finding) =>
        new("misnamed", entry.FileName, $"'{entry.FileName}' {finding}", IsError: true);

    // What was made before a scan began is in it; so of two that show the same, the second missed nothing that it shows the successor of.
    private static IReadOnlyList<TopicEntry> Scan(string root)
    {
        var entries = TopicScan.Entries(root);
        for (var scans = 1; scans < MostScans; scans++)
        {
            var again = TopicScan.Entries(root);
            if (again.SequenceEqual(entries))
                break;
            entries = again;
        }
        return entries;
    }

    private static TopicIssue? FindHolder(string lockPath)
    {
        try
        {
            for (var patience = new Backoff(Patience); LockFile.IsHeld(lockPath);)
            {
                if (!patience.Pause(CancellationToken.None))
                    return Locked(lockPath);
            }
        }
        catch (TaskLockingException exception) when (exception.Refusal.Code is RefusalCode.AccessDenied)
        {
            // Who may not even read it can still audit the names.
        }
        catch (TaskLockingException exception) when (exception.Refusal.Code is RefusalCode.UnsafeFile)
        {
            return new TopicIssue("locked", lockPath, exception.Message, IsError: true);
        }
        return null;
    }

    private static TopicIssue Locked(string lockPath)
    {
        using var file = LockFile.Open(lockPath, create: false);
        return new TopicIssue("locked", lockPath,
            $"'{lockPath}' is held by {file?.FindHolder() ?? LockHolder.Unknown}. New topics wait for it; "
            + "it is free as soon as that process lets go or ends. Never delete the file.", IsError: true);
    }
}
