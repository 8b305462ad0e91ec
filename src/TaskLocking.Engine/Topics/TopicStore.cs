using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Faults;
using TaskLocking.Locking;
using TaskLocking.Metrics;
using TaskLocking.Model;
using TaskLocking.Topics;
using TaskLocking.Workspaces;

namespace TaskLocking;

/// <summary>
/// The numbered topic folders of one root. Highest number, next number and mkdir happen inside one lock, <c>{root}/.topic_number.lock</c>.
/// The next number follows the highest that a file or folder takes, in whatever spelling: <c>001_x</c>, <c>001-x</c>, <c>01 x</c>, <c>7.
/// x</c>, <c>7) x</c>. Dates and years take none, and what is not clear takes none and is told. Safe for several threads.
/// </summary>
/// <remarks>
/// Waits and holds are counted with those of the project's tasks, where it has a <c>.todo2</c>: a second after the first of them, and when
/// the store is disposed. A store that is not disposed holds nothing open.
/// </remarks>
public sealed class TopicStore : IDisposable
{
    /// <summary>The name of the lock file in the root. It is permanent and empty; <c>flock(1)</c> scripts may share it.</summary>
    public const string LockFileName = ".topic_number.lock";

    private static readonly LockOptions DefaultWait = new() { Timeout = TimeSpan.FromSeconds(10) };
    private static volatile bool _rehearsed;

    private readonly string _lockPath;
    private readonly TopicWatches _watches;
    private readonly TopicMeter _meter;
    private readonly StoreNotices _notices = new();
    private readonly TopicRepository _repository;

    private TopicStore(string projectRoot, string root, TopicWatches watches, bool oneShot, TopicRepository? repository)
    {
        _repository = repository ?? new TopicRepository(root);
        _watches = watches;
        _meter = new TopicMeter(projectRoot, root, oneShot);
        ProjectRoot = projectRoot;
        Root = root;
        _lockPath = Path.Combine(root, LockFileName);
    }

    /// <summary>The project's folder, canonical full path.</summary>
    public string ProjectRoot { get; }

    /// <summary>The root, canonical full path.</summary>
    public string Root { get; }

    /// <summary>Opens a root. It is made when the first topic is.</summary>
    /// <param name="projectRoot">The full path of the project's folder.</param>
    /// <param name="root">What the user named, absolute or relative to <paramref name="projectRoot"/>; null: <c>CLAUDE_SPECS_ROOT</c>,
    /// an existing <c>.claude/specs</c>, an existing <c>specs</c>, else <c>.claude/specs</c>.</param>
    /// <param name="oneShot">Whether the process ends after one call: then nothing is done beside it.</param>
    /// <exception cref="TaskLockingException">PathNotFound if the project is no folder or the root is a file, InvalidArgument for a
    /// URI.</exception>
    public static TopicStore Open(string projectRoot, string? root = null, bool oneShot = false) =>
        Open(projectRoot, root, TopicWatches.Shared, oneShot);

    internal static TopicStore Open(string projectRoot, string? root, TopicWatches watches, bool oneShot = false,
        Func<string, TopicRepository>? repository = null)
    {
        var project = WorkspacePath.Canonical(projectRoot);
        var found = TopicRoot.Find(project, root, EnvironmentText.Variable(TopicRoot.Variable));
        return new TopicStore(project, found, watches, oneShot, repository?.Invoke(found));
    }

    /// <summary>Makes one folder a name, in the order given, under one lock and one scan. Names are cleaned by <see cref="TopicName"/>.
    /// All or none: when one cannot be made, those made before it are removed and no number is used.</summary>
    /// <param name="names">Free text; a name with nothing left is InvalidArgument and nothing is made.</param>
    /// <param name="reuse">Give the topic of exactly that cleaned name if there is one (the lowest number); a name that lost letters of
    /// other scripts is new each time.</param>
    /// <param name="options">Waiting; null: 10 s.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    /// <exception cref="TaskLockingException">InvalidArgument, LockTimeout, LockingUnsupported, DiskFull, AccessDenied,
    /// ReadOnlyFileSystem, PathNotFound, StoreUnavailable.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public IReadOnlyList<TopicDirectory> Create(IReadOnlyList<string> names, bool reuse = false, LockOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Create(names, new TopicRequest { Reuse = reuse, Wait = options }, cancellationToken);

    /// <summary>The same as it is asked for. In a repository of git a number is above all that its working trees, its branches ever and
    /// its reservations have, and is reserved; the folders get a <c>.gitkeep</c>, for git carries no empty ones.</summary>
    /// <param name="names">As above.</param>
    /// <param name="request">How.</param>
    /// <param name="cancellationToken">Ends a wait, and a call of git.</param>
    /// <exception cref="TaskLockingException">As above, and where nothing less than certainty will do StoreUnavailable; InvalidArgument
    /// for a remote that is none.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public IReadOnlyList<TopicDirectory> Create(IReadOnlyList<string> names, TopicRequest request,
        CancellationToken cancellationToken = default)
    {
        var cleaned = names.Select(TopicName.Clean).ToArray();
        if (cleaned.Length == 0)
            return [];
        MountProof.RefuseSwitch(_lockPath);
        // What lost letters may have been another name.
        var reusable = request.Reuse ? names.Select(TopicName.IsWhole).ToArray() : null;
        var wait = request.Wait ?? DefaultWait;
        var creation = _repository.Begin(request, cancellationToken);
        TopicFolder[] folders = [];
        var unclear = new List<string>();
        try
        {
            creation?.Prepare(cleaned, reusable);
            NewFolder.Ensure(Root);
            Rehearse();
            var watch = request.Reuse ? null : _watches.Of(Root);
            var seen = PlantedBug.ScanOutsideLock ? TopicScan.Highest(Root) : (int?)null;
            using (creation?.Enter())
            using (Acquire(wait, cancellationToken))
                folders = TopicAllocation.Run(Root, cleaned, reusable, watch, seen, unclear, creation?.Numbers);
        }
        finally
        {
            creation?.Finish(folders);
        }
        if (unclear.Count > 0)
            _notices.Add(TopicAudit.Notice(Root, unclear));
        foreach (var notice in creation?.Notices() ?? [])
            _notices.Add(notice);
        var scope = creation?.Scope ?? TopicScope.Folder;
        return folders.Select(folder => Describe(folder.FileName, folder.Created) with { Scope = scope }).ToList();
    }

    /// <summary>What <see cref="Create(IReadOnlyList{string}, TopicRequest, CancellationToken)"/> and <see cref="List"/> have to tell and
    /// nobody has taken yet: folders that may be numbered and do not count.</summary>
    public IReadOnlyList<StoreNotice> TakeNotices() => _notices.Take();

    /// <summary>Tells what was counted.</summary>
    public void Dispose() => _meter.Dispose();

    /// <summary>All topics by number; takes no lock. A root that does not exist has none.</summary>
    public IReadOnlyList<TopicDirectory> List()
    {
        var entries = TopicScan.Entries(Root);
        var unclear = entries.Where(entry => entry is { IsFolder: true, Number: TopicFolderName.Unclear }).Select(entry => entry.FileName)
            .ToList();
        if (unclear.Count > 0)
            _notices.Add(TopicAudit.Unlisted(Root, unclear));
        return entries.Where(entry => entry.IsTopic).Select(entry => Describe(entry.FileName, created: false)).ToList();
    }

    /// <summary>The topic with this number, or null. Of several the first by name.</summary>
    public TopicDirectory? Find(int number) =>
        Topics().FirstOrDefault(entry => entry.Number == number) is { } entry ? Describe(entry.FileName, created: false) : null;

    /// <summary>
    /// Duplicates, gaps, a lock that is held for more than half a second, dates, and misnamed things: folders that begin with a digit and
    /// do not follow the rule, files that take a topic's number. Makes nothing.
    /// </summary>
    public TopicReport Check() => TopicAudit.Run(Root, _lockPath);

    /// <summary>The same, and the numbers that would be those of several topics once branches are merged: "collision".</summary>
    /// <param name="against">Branches or commits.</param>
    /// <param name="mergeBase">Whether the branch that this one goes into is looked for as well: what a remote calls its own.</param>
    /// <param name="cancellationToken">Ends a call of git.</param>
    /// <exception cref="TaskLockingException">InvalidArgument: no such branch, or no repository; StoreUnavailable: no git.</exception>
    public TopicReport Check(IReadOnlyList<string> against, bool mergeBase = false, CancellationToken cancellationToken = default)
    {
        var report = Check();
        if (against.Count == 0 && !mergeBase)
            return report;
        return Asking((place, program) =>
        {
            var history = new GitHistory(program, place);
            var merge = new TopicMerge(history);
            var entries = TopicScan.Entries(Root);
            List<TopicIssue> issues = [.. report.Issues];
            foreach (var side in mergeBase ? [.. against, history.Mainline()] : against)
                issues.AddRange(merge.Collisions(entries, side).Select(collision => collision.Issue()));
            if (place.Shallow is not null)
                issues.Add(TopicAudit.Shallow(Root));
            return new TopicReport(report.SpecsDirectory, report.Count, report.Highest, issues, !issues.Exists(issue => issue.IsError));
        }, cancellationToken);
    }

    /// <summary>Gives the younger of several topics of one number a fresh one. Links that can mean nothing else are rewritten, what may
    /// mean something else is told, and the topic keeps a line that says what it was. All or nothing.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument, StoreUnavailable as for a check; VersionChanged; LockTimeout; what files
    /// refuse.</exception>
    public TopicRepair Renumber(TopicRepairRequest request, CancellationToken cancellationToken = default) =>
        Asking((place, program) =>
        {
            var creation = _repository.Begin(request.Numbering, cancellationToken)!;
            var repair = new TopicRepairing(place, new GitHistory(program, place), creation, request)
                .Run(() => Acquire(request.Numbering.Wait ?? DefaultWait, cancellationToken));
            foreach (var notice in creation.Notices())
                _notices.Add(notice);
            return repair;
        }, cancellationToken);

    /// <summary>Takes reservations away that no topic ever used, and tells which there are.</summary>
    /// <exception cref="TaskLockingException">TopicNotFound, StatusConflict, StoreUnavailable: it cannot be seen whether they are
    /// used.</exception>
    public IReadOnlyList<TopicReservation> Release(TopicReleaseRequest request, CancellationToken cancellationToken = default) =>
        Asking((place, program) =>
            new ReservationRelease(place, new TopicGit(program, place), request, cancellationToken).Run(), cancellationToken);

    /// <summary>Makes the artifact folder of a topic if need be and gives its full path.</summary>
    /// <param name="number">The topic.</param>
    /// <param name="kind">One of <see cref="TopicArtifact.Kinds"/>, in any case.</param>
    /// <exception cref="TaskLockingException">TopicNotFound, InvalidArgument for an unknown kind; DiskFull, AccessDenied,
    /// ReadOnlyFileSystem, PathNotFound if a file is in the way.</exception>
    public string EnsureArtifact(int number, string kind)
    {
        var known = TopicArtifact.Kinds.FirstOrDefault(each => string.Equals(each, kind, StringComparison.OrdinalIgnoreCase))
            ?? throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{kind}' is no kind of artifact. Give one of {string.Join(", ", TopicArtifact.Kinds)}, for example " +
                    $"{TopicArtifact.Kinds[0]}.");
        var topic = Find(number) ?? throw new TaskLockingException(new Refusal(RefusalCode.TopicNotFound,
            $"Topic {TopicFolderName.Format(number)} not found in '{Root}'. 'tasklock topic list' shows those that are there.")
        { Path = Root });
        var path = topic.ArtifactPaths[known];
        if (!PlatformFile.IsBelow(PlatformFile.ResolveLinks(path), Root))
            throw IoRefusal.Unsafe(path, "is a symbolic link, or lies behind one, that leads out of the root");
        NewFolder.Ensure(path);
        return path;
    }

    private ExclusiveLock Acquire(LockOptions options, CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp();
        try
        {
            return ExclusiveLock.Acquire(_lockPath, options with { OnFreed = Count }, cancellationToken);
        }
        catch (TaskLockingException refused) when (refused.Refusal.Code == RefusalCode.LockTimeout)
        {
            _meter.TimedOut(Deadline.Since(asked));
            throw;
        }

        void Count(LockTimes times)
        {
            _meter.Freed(times);
            options.OnFreed?.Invoke(times);
        }
    }

    private T Asking<T>(Func<TopicPlace, GitProgram, T> ask, CancellationToken cancellationToken)
    {
        var (place, program) = _repository.Require(cancellationToken);
        try
        {
            return ask(place, program);
        }
        catch (GitFailure failure)
        {
            throw _repository.Unavailable(failure.Message, failure);
        }
    }

    // A cold process would otherwise compile all of it while everybody waits for the lock. No names: nothing is made.
    private void Rehearse()
    {
        if (_rehearsed)
            return;
        _ = TopicAllocation.Run(Root, [], reusable: null, watch: null);
        _rehearsed = true;
    }

    private IEnumerable<TopicEntry> Topics() => TopicScan.Entries(Root).Where(entry => entry.IsTopic);

    private TopicDirectory Describe(string folder, bool created)
    {
        var path = Path.Combine(Root, folder);
        return new TopicDirectory(folder[..TopicFolderName.DigitsOf(folder)], folder[TopicFolderName.NameStart(folder)..], path,
            ProjectRoot, Root)
        {
            Created = created,
            ArtifactPaths = TopicArtifact.Kinds.ToDictionary(kind => kind, kind => Path.Combine(path, kind), StringComparer.Ordinal),
        };
    }
}
