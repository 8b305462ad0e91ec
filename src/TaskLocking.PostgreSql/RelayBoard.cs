using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Npgsql;
using TaskLocking.Board;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// A board as a relay has it, for all callers that name this address: its newest lines, which are fetched once for all who follow, and the
/// commits of callers that wait at the same time, which go in one call. It knows no task: what is decided is the callers' matter.
/// </summary>
/// <remarks>
/// What a caller decided on an older line is sent as if it had been decided on the newest that is known here, where nothing in between
/// changed what it rests on; else it is refused here, as the server would, and nothing was sent. In one call nothing rests on what another
/// caller writes there, so each holds or not by itself. A call is sent once: where its answer is lost, each caller sends his own request to
/// the server.
/// </remarks>
internal sealed class RelayBoard
{
    private const int MostLines = 128;
    private const int MostText = 256 << 10; // characters

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LockPatience = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    private readonly ServerConnections _connections;
    private readonly ServerReader _reader;
    private readonly RelaySource _source;
    private readonly List<RelayCall> _calls = []; // it guards itself
    private readonly object _gate = new(); // after it
    private bool _isLed;
    private int _callers;
    private long _left = Stopwatch.GetTimestamp();
    private RelayRows? _rows;
    private bool _isBehind;
    private (long Version, Guid? Cid, byte[]? Body) _document;
    private long _askers;
    private long _served;
    private bool _isAsking;
    private TimeSpan _pause = ShortestPause;
    private DateTime _told;
    private long _asked;
    private long _answered;

    public RelayBoard(ServerAddress address)
    {
        _connections = new ServerConnections(address, TimeSpan.FromSeconds(10));
        _source = new RelaySource(_connections);
        _reader = new ServerReader(_connections, new ServerClock(TimeProvider.System), new StoreNotices());
    }

    /// <summary>Whether nobody has asked for it for long.</summary>
    public bool IsIdle => Volatile.Read(ref _callers) == 0 && Stopwatch.GetElapsedTime(Volatile.Read(ref _left)) > Idle;

    /// <summary>How many commits wait for the next call.</summary>
    public int Waiting
    {
        get
        {
            lock (_calls)
                return _calls.Count;
        }
    }

    private string Schema => _connections.Address.Schema;

    /// <summary>Somebody has come who asks for it.</summary>
    public void Come() => Interlocked.Increment(ref _callers);

    /// <summary>He has left.</summary>
    public void Leave()
    {
        Volatile.Write(ref _left, Stopwatch.GetTimestamp());
        Interlocked.Decrement(ref _callers);
    }

    /// <summary>The board as it begins: its number, its epoch, and the newest document; null where the server has to be asked.</summary>
    public (int Id, long Epoch, long Version, Guid? Cid, byte[] Body)? Begin()
    {
        if (_connections.Retry(_reader.Find, new Deadline(Patience)) is not { IsHere: true } found)
            return null;
        (long Version, Guid? Cid, byte[]? Body) known;
        lock (_gate)
        {
            if (_rows is { } rows && (rows.Board != found.Id || rows.Epoch != found.Epoch))
                (_rows, _document) = (null, default);
            known = _document;
        }
        var read = _source.Document(found.Id, known, Patience);
        lock (_gate)
            _document = read;
        return (found.Id, found.Epoch, read.Version, read.Cid, read.Body ?? []);
    }

    /// <summary>What came since a version, that line first, as new as when this is called; null where the server has to be asked.</summary>
    /// <param name="board">The number of the board.</param>
    /// <param name="epoch">The epoch that the caller knows; 0: any.</param>
    /// <param name="version">What he has.</param>
    /// <param name="told">The time of the database: between these when this returns.</param>
    public JournalPage? Follow(int board, long epoch, long version, out (DateTime Least, DateTime Most) told)
    {
        told = default;
        if (!Refresh(board, version))
            return null;
        lock (_gate)
        {
            if (_rows is { } rows && rows.Board == board && (epoch == 0 || rows.Epoch == epoch)
                && rows.From(version, JournalPage.MostLines) is { } since)
            {
                told = (_told + Stopwatch.GetElapsedTime(_answered), _told + Stopwatch.GetElapsedTime(_asked));
                return new JournalPage(rows.Epoch, null, since);
            }
        }
        // Who comes from far catches up by himself, and has the same as the others from then on.
        var page = _source.Ask(board, version, Patience);
        told = (page.Told + Stopwatch.GetElapsedTime(page.Answered), page.Told + Stopwatch.GetElapsedTime(page.Asked));
        return page.Epoch is null ? null : new JournalPage(page.Epoch, page.Moved, page.Rows.ConvertAll(each => each.Row));
    }

    /// <summary>Waits until the newest version is another than this; null where the server has to be asked.</summary>
    public bool? Wait(int board, long version, TimeSpan atMost)
    {
        var deadline = new Deadline(atMost);
        if (atMost == TimeSpan.Zero && !Refresh(board, version))
            return null;
        while (true)
        {
            TimeSpan pause;
            lock (_gate)
            {
                if (_rows is { } rows && rows.Board == board && rows.Head != version)
                    return true;
                pause = _rows is null || _answered == 0 ? TimeSpan.Zero : _pause - Stopwatch.GetElapsedTime(_answered);
                var left = deadline.Remaining;
                if (left == TimeSpan.Zero)
                    return false;
                if (pause > TimeSpan.Zero || _isAsking)
                {
                    Monitor.Wait(_gate, pause <= TimeSpan.Zero || left < pause ? left : pause);
                    continue;
                }
            }
            if (!Refresh(board, version))
                return null;
        }
    }

    /// <summary>Sees to it that a line lasts; false where it is not there.</summary>
    public bool MakeSure(int board, long version, Guid cid)
    {
        lock (_gate)
        {
            if (_rows is { } rows && rows.Board == board && version <= rows.Durable && rows.Knows(version, cid))
                return true;
        }
        var isThere = PostgresLog.AskDurable(_connections, board, version, cid, new Deadline(AnswerPatience), default);
        lock (_gate)
        {
            if (isThere && _rows is { } rows && rows.Board == board && rows.Knows(version, cid))
                rows.Durable = Math.Max(rows.Durable, version);
        }
        return isThere;
    }

    /// <summary>Commits, with others who wait at the same time.</summary>
    public void Commit(RelayCall call)
    {
        bool leads;
        lock (_calls)
        {
            _calls.Add(call);
            leads = !_isLed;
            _isLed = true;
        }
        if (!leads)
            call.Signal.Wait();
        if (call.Reply is not null)
            return;
        try
        {
            while (call.Reply is null)
                SendNext();
        }
        finally
        {
            RelayCall? next;
            lock (_calls)
            {
                _calls.Remove(call);
                next = _calls.FirstOrDefault();
                _isLed = next is not null;
            }
            next?.Signal.Release();
        }
    }

    private void SendNext()
    {
        List<RelayCall> batch = [];
        var isSent = false;
        try
        {
            if (Collect(batch) is not var (request, rows))
                return;
            using var connection = _connections.Open(new Deadline(Patience));
            isSent = true;
            CommitAnswer answer;
            try
            {
                answer = request.Send(connection, Schema, LockPatience, AnswerPatience);
            }
            catch (Exception fault) when (SqlFault.KindOf(fault) is not SqlFaultKind.Unknown and var kind)
            {
                batch.ForEach(call => call.End(kind == SqlFaultKind.Busy ? RelayReply.No : RelayReply.AskServer));
                return;
            }
            Settle(batch, request, rows, answer);
        }
        catch (Exception fault) when (fault is TaskLockingException or NpgsqlException or TimeoutException or System.IO.IOException
            or InvalidOperationException)
        {
            // Whoever waits finds out by himself.
        }
        finally
        {
            batch.ForEach(call => call.End(isSent ? RelayReply.Unknown : RelayReply.AskServer));
        }
    }

    // What goes in one call, out of the queue; null where that is nothing.
    private (CommitRequest Request, RelayRows Rows)? Collect(List<RelayCall> batch)
    {
        RelayCall first;
        long furthest;
        lock (_calls)
        {
            first = _calls[0];
            furthest = _calls.Max(call => call.Request.Expected);
        }
        bool isReady;
        lock (_gate)
        {
            isReady = !_isBehind && _rows is { } known && known.Board == first.Request.Board && known.Epoch == first.Request.Epoch
                && known.Head >= furthest;
        }
        if (!isReady)
            Refresh(first.Request.Board, first.Request.Expected);
        lock (_calls)
        {
            lock (_gate)
            {
                _isBehind = false;
                var rows = _rows;
                HashSet<long> written = [];
                var (lines, text) = (0, 0);
                foreach (var call in _calls.ToList())
                {
                    var request = call.Request;
                    if (rows is null || rows.Board != request.Board || rows.Epoch != request.Epoch
                        || !rows.Knows(request.Expected, request.ExpectedCid))
                    {
                        End(call, RelayReply.AskServer, null);
                        continue;
                    }
                    if (rows.Voids(request.Expected, request.Lines))
                    {
                        End(call, RelayReply.Here, new CommitAnswer("ok", new long?[request.Lines.Count], rows.Head, _told,
                            [.. rows.Between(request.Expected, rows.Head)]));
                        continue;
                    }
                    var size = request.Lines.Sum(line => line.Text.Length);
                    if (batch.Count > 0 && (request.IsOfHolder || batch[0].Request.IsOfHolder || lines + request.Lines.Count > MostLines
                        || text + size > MostText || call.RestsOn(written)))
                        continue; // With the next.
                    batch.Add(call);
                    (lines, text) = (lines + request.Lines.Count, text + size);
                    written.UnionWith(request.Lines.SelectMany(line => line.Keys.Writes));
                }
                _calls.RemoveAll(batch.Contains);
                if (batch.Count == 0)
                    return null;
                // The holds of one caller do not open a way for others: whoever has some goes alone.
                IReadOnlyCollection<string> sessions = batch.Count == 1 ? batch[0].Request.Sessions : [];
                return (new CommitRequest(rows!.Board, rows.Epoch, rows.Head, rows.HeadCid,
                    [.. batch.SelectMany(call => call.Request.Lines)], sessions, 0), rows);
            }
        }
    }

    private void End(RelayCall call, RelayReply reply, CommitAnswer? answer)
    {
        _calls.Remove(call);
        call.End(reply, answer);
    }

    private void Settle(List<RelayCall> batch, CommitRequest request, RelayRows rows, CommitAnswer answer)
    {
        lock (_gate)
        {
            var after = RelayRows.After(request, answer);
            if (!answer.IsOk)
                _rows = null;
            else if (answer.Base != request.Expected)
                _isBehind = true; // With what others changed it comes from the server.
            else if (_rows == rows)
                foreach (var (row, keys) in after!)
                    rows.Add(row, keys);
            if (answer.IsOk && _rows == rows)
                rows.Durable = Math.Max(rows.Durable, answer.Versions.Max() ?? 0);
            var at = 0;
            foreach (var call in batch)
            {
                var own = answer.Versions[at..(at += call.Request.Lines.Count)];
                var last = own.Min() - 1 ?? answer.Base;
                call.End(RelayReply.Here, new CommitAnswer(answer.Status, own, last, answer.At,
                    after is null || !rows.Knows(call.Request.Expected, call.Request.ExpectedCid) ? []
                        : [.. rows.Between(call.Request.Expected, Math.Min(request.Expected, last)),
                            .. after.Select(each => each.Row).Where(row => row.Version <= last)]));
            }
            Monitor.PulseAll(_gate);
        }
    }

    // Asks for what is new; of those who want to know at the same time one asks for all. False where the server has to be asked.
    private bool Refresh(int board, long version)
    {
        long upTo;
        RelayRows? rows;
        lock (_gate)
        {
            var own = ++_askers;
            while (_isAsking)
            {
                Monitor.Wait(_gate);
                if (_served >= own)
                    return _rows is not null;
            }
            (_isAsking, upTo, rows) = (true, _askers, _rows);
        }
        var isRead = false;
        try
        {
            isRead = TryRead(rows, board, version);
        }
        catch (Exception fault) when (fault is TaskLockingException or NpgsqlException or TimeoutException)
        {
            // As where there is no relay.
        }
        lock (_gate)
        {
            if (!isRead)
                _rows = null;
            (_isAsking, _served) = (false, upTo);
            Monitor.PulseAll(_gate);
            return _rows is not null;
        }
    }

    private bool TryRead(RelayRows? rows, int board, long version)
    {
        if (rows?.Board != board)
            rows = null;
        while (true)
        {
            long known;
            Guid? cid;
            lock (_gate)
                (known, cid) = rows is null ? (version, null) : (rows.Head, rows.HeadCid);
            var page = _source.Ask(board, known, Patience);
            if (page.Epoch is not { } epoch || page.Moved is not null || (rows is not null && rows.Epoch != epoch))
                return false;
            // What was the newest has to be there still; else it is another life of the database.
            var first = page.Rows.Count > 0 ? page.Rows[0].Row : default;
            if (known > 0 && (first.Version != known || (cid is { } own && first.Cid != own)))
                return false;
            lock (_gate)
            {
                (_told, _asked, _answered) = (page.Told, page.Asked, page.Answered);
                rows ??= _rows = new RelayRows(board, epoch, fromStart: known == 0);
                _rows = rows;
                var before = rows.Head;
                foreach (var (row, keys) in page.Rows)
                    rows.Add(row, keys);
                _pause = rows.Head > before ? ShortestPause : _pause < LongestPause ? _pause + _pause / 2 : _pause;
            }
            if (page.Rows.Count < JournalPage.MostLines)
                return true;
        }
    }
}
