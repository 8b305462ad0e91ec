using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using TaskLocking.Faults;

namespace TaskLocking.FileStore;

/// <summary>Brings what was appended to the disk, before anybody is told of it. Without the state lock, but on a share.</summary>
internal sealed class CommitFlush(Durability durability)
{
    // How long a cancelled caller lets the disk finish: most do, and then the answer is certain.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    private readonly object _known = new(); // Held for moments only; guards what follows.
    private JournalFile? _journal;
    private long _durable;

    /// <summary>For tests: runs before every flush of the journal, on its thread, and may be the disk that never answers.</summary>
    public Action? Before { get; set; }

    /// <summary>
    /// Whether a version is known to be on the disk. In another journal it may come again: the store may have been put back.
    /// </summary>
    public bool IsDurable(JournalFile journal, long version)
    {
        lock (_known)
            return _journal == journal && version <= _durable;
    }

    /// <summary>Tells others that lines of this journal are going to be flushed, if they are: before any is written.</summary>
    /// <exception cref="TaskLockingException">It cannot be told, so nothing may be written.</exception>
    public void Announce(JournalFile journal)
    {
        if (durability == Durability.Full)
            journal.Announce();
    }

    /// <summary>Makes everything up to a line durable, unless the store was opened for less.</summary>
    /// <exception cref="TaskLockingException">CommitUncertain.</exception>
    public void Run(WrittenLine line)
    {
        if (durability == Durability.Full)
            Flush(line);
    }

    /// <summary>
    /// The same for somebody who may not want to wait for a disk that takes long: what is written cannot be called back, and he is told so.
    /// </summary>
    /// <exception cref="TaskLockingException">CommitUncertain; whatever fails here fails after the line was written.</exception>
    public void Finish(WrittenLine line, CancellationToken cancellationToken)
    {
        try
        {
            if (cancellationToken.CanBeCanceled && durability == Durability.Full)
                RunUnlessCancelled(line, cancellationToken);
            else
                Run(line);
        }
        catch (Exception exception) when (exception is not (TaskLockingException or OutOfMemoryException))
        {
            throw Uncertain(line.Journal, exception.Message, exception);
        }
    }

    private void RunUnlessCancelled(WrittenLine line, CancellationToken cancellationToken)
    {
        if (TryStart(() => Run(line)) is not { } flush)
        {
            Run(line);
            return;
        }
        try
        {
            Task.WaitAny([flush], cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            if (Task.WaitAny([flush], Grace) < 0)
                throw Uncertain(line.Journal, "the wait for it was cancelled", exception);
        }
        flush.GetAwaiter().GetResult();
    }

    // On a thread of its own, since one of the pool's might not be free before those are that wait here. Null where the system gives none.
    private static Task? TryStart(Action act)
    {
        Task? started = null;
        try
        {
            started = Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (TaskSchedulerException exception)
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
        return started;
    }

    /// <summary>Makes everything up to a line durable.</summary>
    public void Flush(WrittenLine line)
    {
#if PLANTED_BUGS
        if (PlantedBug.AnswerBeforeFlush && PlantedBug.Later(() => Flush(line)))
            return;
#endif
        try
        {
            Before?.Invoke();
            Failpoint.Hit("flush.before");
            if (line.End > line.Start)
                line.Journal.Flush(line.Start, line.End);
            else
                line.Journal.Flush();
        }
        catch (ObjectDisposedException)
        {
            // Another thread of this process went on to the next journal, and flushed the sealed one before it did.
        }
        catch (IOException exception)
        {
            line.Journal.Fail();
            throw Uncertain(line.Journal, exception.Message, exception);
        }
        lock (_known)
        {
            _durable = _journal == line.Journal ? Math.Max(_durable, line.Version) : line.Version;
            _journal = line.Journal;
        }
    }

    private static TaskLockingException Uncertain(JournalFile journal, string reason, Exception inner) =>
        new(new Refusal(RefusalCode.CommitUncertain,
        $"The change is written but the disk did not confirm it ({reason.TrimEnd('.')}). It may or may not last: read the task again, " +
            "and check the disk.")
        { Path = journal.Path }, inner);
}
