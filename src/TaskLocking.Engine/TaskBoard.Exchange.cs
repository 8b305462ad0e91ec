using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Exchange;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking;

/// <content>Tasks from elsewhere, and for elsewhere.</content>
public sealed partial class TaskBoard
{
    /// <summary>
    /// Takes over tasks from a file or another tool in one commit. Where anything is wrong with them nothing is taken over, and the report
    /// tells all of it.
    /// </summary>
    /// <exception cref="TaskLockingException">InvalidArgument for what is not of its form; what a commit may meet.</exception>
    public ImportReport Import(ImportRequest request, CommitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = request with { };
        if (TaskFields.Swarm(asked.Swarm) is { } fault)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        var reading = PlanReading.Of(asked, _clock.GetUtcNow(), paths => KnownFiles(paths, asked.Folder));
        var rule = new ImportRule(reading.Tasks, asked, _liveness);
        try
        {
            var report = Transact(rule, 2, options, cancellationToken);
            return new ImportReport(report.Added, report.Changed, report.Unchanged, [.. reading.Remarks, .. report.Remarks], []);
        }
        catch (TaskLockingException) when (rule.Refusals.Count > 0)
        {
            return new ImportReport([], [], [], reading.Remarks, rule.Refusals);
        }
    }

    /// <summary>
    /// Tasks as lines of JSON, whole todos with all of their history, which <see cref="Import"/> takes as they are; in document order.
    /// </summary>
    /// <exception cref="TaskLockingException">StateCorrupt where a part of a history is missing or damaged.</exception>
    public IEnumerable<string> Export(TaskQuery? query = null) =>
        GetTasks(query).Select(task => ExportLine.Of(task, _store.Archive.Histories));

    private IReadOnlyList<string> KnownFiles(IReadOnlyList<string> paths, string? folder)
    {
        var here = folder is null ? paths : paths.Select(path => CallerPath.From(() => folder, path)).ToList();
        return _files.TryNormalize(here, out var fault) ?? throw new TaskLockingException(RefusalCode.InvalidArgument, fault!);
    }
}
