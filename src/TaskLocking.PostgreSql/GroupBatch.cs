using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.PostgreSql;

/// <summary>
/// Lines that go to the server in one call, each decided on those before it. All but the last are applied to the copy of the board as a
/// trial, which is kept where all come to be as they were decided, and taken back else. Under the gate.
/// </summary>
internal sealed class GroupBatch(PostgresLog log, BoardCopy copy)
{
    private const int MostLines = 64;
    private const int MostBytes = 64 << 10;

    private readonly List<GroupEntry> _entries = [];
    private int _bytes;

    public IReadOnlyList<GroupEntry> Entries => _entries;

    public CommitRequest Request { get; private set; } = null!;

    /// <summary>Whether another line may come behind those that are there.</summary>
    public bool HasRoom => _entries.Count == 0
        || (_entries.Count < MostLines && _bytes < MostBytes && _entries[^1].Job.Attempt!.CanBeTried);

    /// <summary>Decides a job behind those that are there; false where it does not go with them.</summary>
    /// <param name="entry">Of the job.</param>
    /// <param name="isHeld">Whether somebody else holds one of its tasks, as far as is known.</param>
    public bool TryAdd(GroupEntry entry, Func<IGroupJob, bool> isHeld)
    {
        if (_entries.Count > 0)
            Try(_entries[^1]);
        if (!entry.Job.TryDecide(copy.State))
            return End(entry, GroupEnd.Undecided);
        var attempt = entry.Job.Attempt!;
        if (attempt.Above > 0 || isHeld(entry.Job))
            return End(entry, GroupEnd.Alone);
        entry.Buffer = attempt.LineFor(copy.State);
        entry.Line = new CommitLine(BoardLine.TextOf(entry.Buffer), attempt.Keys(), [.. attempt.HeldNames]);
        _entries.Add(entry);
        _bytes += entry.Buffer.Length;
        return true;
    }

    /// <summary>Nothing comes any more.</summary>
    /// <param name="session">Whose holds do not stand in the way.</param>
    /// <param name="isLocked">Under the lock of the board any line that came between voids all of them.</param>
    public CommitRequest Close(LockSession session, bool isLocked) => Request = new CommitRequest(
        copy.Id, copy.Epoch, copy.Version, copy.Cid,
        [.. _entries.Select(entry => entry.Line = isLocked ? entry.Line!.RestingOnAll() : entry.Line!)], [.. session.AllNames()], 0)
    { IsOfHolder = session.IsInside || session.CurrentHolds.Count > 0 };

    /// <summary>All were written as they were decided.</summary>
    public void Keep()
    {
        var version = Request.Expected;
        copy.State.KeepTrial();
        if (!_entries[^1].IsTried)
            Apply(_entries[^1]);
        version += _entries.Count;
        copy.At(version, _entries[^1].Line!.Cid);
        log.TellDurable(version);
        foreach (var entry in _entries)
            entry.End = GroupEnd.Written;
    }

    /// <summary>None was written, or nobody knows yet.</summary>
    public void TakeBack() => copy.State.TakeBackTrial();

    /// <summary>Nothing was written: each is to be decided anew.</summary>
    public void Again()
    {
        TakeBack();
        foreach (var entry in _entries)
            Again(entry);
    }

    /// <summary>What the server answered of each; true where all is as it was decided.</summary>
    public bool Settle(CommitAnswer answer)
    {
        if (answer.IsOk && answer.Base == Request.Expected && copy.Version == Request.Expected && log.Copy == copy
            && answer.Versions.Select((version, i) => version == Request.Expected + 1 + i).All(isNext => isNext))
        {
            Keep();
            return true;
        }
        TakeBack();
        if (answer.HasMoved && answer.Versions.All(version => version is null))
            _ = log.Follow(); // says where to
        var isHere = answer.IsOk && log.Copy == copy;
        if (isHere)
        {
            foreach (var row in answer.Tail)
                copy.Apply(row);
        }
        for (var i = 0; i < _entries.Count; i++)
        {
            if (answer.Versions[i] is { } written)
                Written(_entries[i], written, isHere);
            else
                Again(_entries[i]);
        }
        if (!answer.IsOk && log.Copy == copy)
            PutBack();
        return false;
    }

    // The database is another one; where that cannot be seen to now, it is found by whoever comes next.
    private void PutBack()
    {
        try
        {
            log.PutBack(new Deadline(CommitSender.LeastPatience));
        }
        catch (TaskLockingException) when (_entries.Exists(entry => entry.End == GroupEnd.Written))
        {
            // Those have an answer.
        }
    }

    private void Written(GroupEntry entry, long version, bool isHere)
    {
        entry.End = GroupEnd.Written;
        var attempt = entry.Job.Attempt!;
        if (isHere)
            log.TellDurable(version);
        if (!isHere || copy.Version + 1 != version)
        {
            // It came with what was read, or comes with what is read next; the answer of the rule gets its number.
            _ = attempt.LineFor(new BoardState { Version = version - 1 });
            return;
        }
        Debug.Assert(entry != _entries[0] || attempt.HoldsOn(copy.State), "a key is missing");
        entry.Buffer = attempt.LineFor(copy.State);
        Apply(entry);
        copy.At(version, entry.Line!.Cid);
    }

    private void Try(GroupEntry entry)
    {
        if (entry.IsTried)
            return;
        if (_entries.Count == 1)
            copy.State.BeginTrial();
        Apply(entry);
        entry.IsTried = true;
    }

    private void Apply(GroupEntry entry)
    {
        _ = JournalLine.Seal(entry.Buffer!, 0);
        entry.Job.Attempt!.ApplyTo(copy.State, entry.Buffer!);
    }

    private static void Again(GroupEntry entry)
    {
        entry.Job.Forget();
        entry.IsTried = false;
        entry.MustLock = true;
        entry.End = null;
    }

    private static bool End(GroupEntry entry, GroupEnd end)
    {
        entry.End = end;
        return false;
    }
}
