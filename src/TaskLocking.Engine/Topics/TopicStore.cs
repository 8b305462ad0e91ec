using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.Topics;

/// <summary>
/// The numbered topic folders of one root. Highest number, next number and mkdir happen inside one lock, <c>{root}/.topic_number.lock</c>.
/// The next number follows the highest that a file or folder takes, in whatever spelling: <c>001_x</c>, <c>001-x</c>, <c>01 x</c>, <c>7.
/// x</c>. Dates and years take none, and what is not clear takes none and is told. Safe for several threads.
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

    private TopicStore(string projectRoot, string root, TopicWatches watches, bool oneShot)
    {
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

    internal static TopicStore Open(string projectRoot, string? root, TopicWatches watches, bool oneShot = false)
    {
        var project = WorkspacePath.Canonical(projectRoot);
        return new TopicStore(project, TopicRoot.Find(project, root, EnvironmentText.Variable(TopicRoot.Variable)), watches, oneShot);
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
        CancellationToken cancellationToken = default)
    {
        var cleaned = names.Select(TopicName.Clean).ToArray();
        if (cleaned.Length == 0)
            return [];
        MountProof.RefuseSwitch(_lockPath);
        NewFolder.Ensure(Root);
        Rehearse();
        var watch = reuse ? null : _watches.Of(Root);
        TopicFolder[] folders;
        var unclear = new List<string>();
        // What lost letters may have been another name.
        var reusable = reuse ? names.Select(TopicName.IsWhole).ToArray() : null;
        var seen = PlantedBug.ScanOutsideLock ? TopicScan.Highest(Root) : (int?)null;
        using (Acquire(options ?? DefaultWait, cancellationToken))
            folders = TopicAllocation.Run(Root, cleaned, reusable, watch, seen, unclear);
        if (unclear.Count > 0)
            _notices.Add(TopicAudit.Notice(Root, unclear));
        return folders.Select(folder => Describe(folder.FileName, folder.Created)).ToList();
    }

    /// <summary>What <see cref="Create"/> has to tell and nobody has taken yet: folders that may be numbered and do not count.</summary>
    public IReadOnlyList<StoreNotice> TakeNotices() => _notices.Take();

    /// <summary>Tells what was counted.</summary>
    public void Dispose() => _meter.Dispose();

    /// <summary>All topics by number; takes no lock. A root that does not exist has none.</summary>
    public IReadOnlyList<TopicDirectory> List() => Topics().Select(entry => Describe(entry.FileName, created: false)).ToList();

    /// <summary>The topic with this number, or null. Of several the first by name.</summary>
    public TopicDirectory? Find(int number) =>
        Topics().FirstOrDefault(entry => entry.Number == number) is { } entry ? Describe(entry.FileName, created: false) : null;

    /// <summary>
    /// Duplicates, gaps, a lock that is held for more than half a second, dates, and misnamed things: folders that begin with a digit and
    /// do not follow the rule, files that take a topic's number. Makes nothing.
    /// </summary>
    public TopicReport Check() => TopicAudit.Run(Root, _lockPath);

    /// <summary>Makes the artifact folder of a topic if need be and gives its full path.</summary>
    /// <param name="number">The topic.</param>
    /// <param name="kind">One of <see cref="TopicArtifact.Kinds"/>, in any case.</param>
    /// <exception cref="TaskLockingException">TopicNotFound, InvalidArgument for an unknown kind; DiskFull, AccessDenied,
    /// ReadOnlyFileSystem, PathNotFound if a file is in the way.</exception>
    public string EnsureArtifact(int number, string kind)
    {
        var known = TopicArtifact.Kinds.FirstOrDefault(each => string.Equals(each, kind, StringComparison.OrdinalIgnoreCase))
            ?? throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{kind}' is no kind of artifact. Give one of {string.Join(", ", TopicArtifact.Kinds)}, for example {TopicArtifact.Kinds[0]}.");
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
            _meter.TimedOut(Backoff.Since(asked));
            throw;
        }

        void Count(LockTimes times)
        {
            _meter.Freed(times);
            options.OnFreed?.Invoke(times);
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
