using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;
using Npgsql;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.PostgreSql;

/// <summary>
/// The relay of this machine as a process uses it, where one runs. It is needed for nothing: where there is none, where it does not answer,
/// and where it says so, the server is asked, and what may have been sent is sent to the server once more.
/// </summary>
internal sealed class RelayClient : IDisposable
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HelloPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongRest = TimeSpan.FromSeconds(15);

    private static readonly string[] Files = ["Passfile", "Root Certificate", "SSL Certificate", "SSL Key"];

    private readonly RelayPlace _place;
    private readonly ServerAddress _address;
    private readonly ConcurrentBag<RelayLink> _idle = [];
    private long _restUntil; // of Environment.TickCount64
    private volatile bool _isOver;

    public RelayClient(RelayPlace place, ServerAddress address)
    {
        _place = place;
        _address = address;
    }

    /// <summary>The process of the relay, once one has answered; 0 before.</summary>
    public int Process { get; private set; }

    /// <summary>Why the last try did not lead to a relay; null where none runs.</summary>
    public string? Why { get; private set; }

    /// <summary>What is used for an address; null where no relay is wanted, or it cannot mean the same by this address.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument: the variable is neither off nor a folder.</exception>
    public static RelayClient? Find(ServerAddress address)
    {
        // A file that is named from where we are lies elsewhere from where the relay is.
        var connection = new NpgsqlConnectionStringBuilder(address.Connection);
        return RelayPlace.Find() is { } place
            && Array.TrueForAll(Files, name => connection[name] is not string { Length: > 0 } file || Path.IsPathFullyQualified(file))
                ? new RelayClient(place, address) : null;
    }

    /// <summary>Whether a relay answers now.</summary>
    public bool IsThere()
    {
        if (Take() is not { } link)
            return false;
        GiveBack(link);
        return true;
    }

    /// <summary>The board as it begins; null where the server has to be asked.</summary>
    public BoardCopy? Begin(Deadline deadline)
    {
        BoardCopy? copy = null;
        _ = Ask(RelayVerb.Begin, _ => { }, Longest(deadline), reader =>
        {
            if ((RelayReply)reader.ReadByte() != RelayReply.Here)
                return RelayReply.AskServer;
            var (id, epoch, version, cid) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadCid());
            copy = new BoardCopy(id, epoch, version == 0 ? new BoardState()
                : new BoardState(TodoDocument.Parse(reader.ReadBytes(reader.ReadInt32()))) { Version = version });
            if (cid is { } line)
                copy.At(version, line);
            return RelayReply.Here;
        });
        return copy;
    }

    /// <summary>What came since a version, that line first; null where the server has to be asked.</summary>
    /// <param name="board">The number of the board.</param>
    /// <param name="epoch">The epoch that is known; 0: any.</param>
    /// <param name="version">What is known.</param>
    /// <param name="clock">Is told the time of the database.</param>
    /// <param name="deadline">The longest wait.</param>
    public JournalPage? Follow(int board, long epoch, long version, ServerClock clock, Deadline deadline)
    {
        JournalPage? page = null;
        var asked = TimeProvider.System.GetUtcNow();
        _ = Ask(
            RelayVerb.Follow,
            writer =>
            {
                writer.Write(board);
                writer.Write(epoch);
                writer.Write(version);
            },
            Longest(deadline),
            reader =>
            {
                if ((RelayReply)reader.ReadByte() != RelayReply.Here)
                    return RelayReply.AskServer;
                clock.Told(new DateTime(reader.ReadInt64(), DateTimeKind.Utc), new DateTime(reader.ReadInt64(), DateTimeKind.Utc), asked);
                var (known, moved) = (reader.ReadInt64(), reader.ReadString());
                page = new JournalPage(known, moved.Length > 0 ? moved : null, reader.ReadRows());
                return RelayReply.Here;
            });
        return page;
    }

    /// <summary>Commits lines.</summary>
    /// <param name="request">The commit.</param>
    /// <param name="wait">None is made where there is no time to wait for the lock: the relay waits as it does for all.</param>
    /// <param name="patience">The longest wait for the answer.</param>
    /// <param name="answer">What became of it, with <see cref="RelayReply.Here"/>.</param>
    public RelayReply Commit(CommitRequest request, TimeSpan wait, TimeSpan patience, out CommitAnswer? answer)
    {
        CommitAnswer? told = null;
        if (wait <= TimeSpan.Zero)
        {
            answer = null;
            return RelayReply.AskServer;
        }
        var reply = Ask(RelayVerb.Commit, writer => writer.Write(request), patience, reader =>
        {
            var said = (RelayReply)reader.ReadByte();
            if (said == RelayReply.Here)
                told = reader.ReadAnswer();
            return said;
        });
        answer = told;
        return reply;
    }

    /// <summary>Sees to it that a line lasts; false where it is not there, null where the server has to be asked.</summary>
    public bool? MakeSure(int board, long version, Guid cid, Deadline deadline) => Said(Ask(
        RelayVerb.MakeSure,
        writer =>
        {
            writer.Write(board);
            writer.Write(version);
            writer.Write((Guid?)cid);
        },
        Longest(deadline),
        reader => (RelayReply)reader.ReadByte()));

    /// <summary>
    /// Waits for a moment at most until the newest version is another than this; null where the server has to be asked. Without a wait it
    /// looks.
    /// </summary>
    public bool? Wait(int board, long version, TimeSpan atMost, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Said(Ask(
            RelayVerb.Wait,
            writer =>
            {
                writer.Write(board);
                writer.Write(version);
                writer.Write((int)Deadline.Shorter(Slice, atMost).TotalMilliseconds);
            },
            Patience,
            reader => (RelayReply)reader.ReadByte()));
    }

    public void Dispose()
    {
        _isOver = true;
        Forget();
    }

    private static bool? Said(RelayReply reply) => reply switch
    {
        RelayReply.Here => true,
        RelayReply.No => false,
        _ => null,
    };

    private static TimeSpan Longest(Deadline deadline) =>
        deadline.Remaining is var left && left > TimeSpan.Zero && left < Patience ? left : Patience;

    // Unknown where it was asked, and did not answer.
    private RelayReply Ask(RelayVerb verb, Action<BinaryWriter> write, TimeSpan patience, Func<BinaryReader, RelayReply> read)
    {
        for (var isFirst = true; Take() is { } link; isFirst = false)
        {
            var isSent = false;
            try
            {
                link.Send(writer =>
                {
                    writer.Write((byte)verb);
                    write(writer);
                });
                isSent = true;
                var reply = read(link.Receive(patience));
                GiveBack(link);
                return reply;
            }
            catch (Exception fault) when (RelayLink.IsEnd(fault))
            {
                link.Dispose();
                Forget();
                if (isSent || !isFirst)
                {
                    // One that is silent is left alone for longer than one that has gone, whose place another takes.
                    RestFor(fault is EndOfStreamException ? Rest : LongRest, fault.Message);
                    return isSent ? RelayReply.Unknown : RelayReply.AskServer;
                }
            }
        }
        return RelayReply.AskServer;
    }

    private RelayLink? Take()
    {
        while (_idle.TryTake(out var idle))
        {
            if (!idle.IsOver)
                return idle;
            idle.Dispose();
        }
        if (_isOver || Environment.TickCount64 < Volatile.Read(ref _restUntil))
            return null;
        var link = _place.Connect(out var why);
        Why = why;
        if (link is null)
        {
            RestFor(Rest, why);
            return null;
        }
        try
        {
            link.Send(writer =>
            {
                writer.Write((byte)RelayVerb.Hello);
                writer.Write(RelayWire.Version);
                writer.Write(RelayPlace.Surroundings);
                writer.Write(_address.Text);
            });
            var answer = link.Receive(HelloPatience);
            if ((RelayReply)answer.ReadByte() == RelayReply.Here)
            {
                Process = answer.ReadInt32();
                return link;
            }
            RestFor(LongRest, "it is of another version, or in another container");
        }
        catch (Exception fault) when (RelayLink.IsEnd(fault))
        {
            RestFor(LongRest, fault.Message);
        }
        link.Dispose();
        return null;
    }

    private void GiveBack(RelayLink link)
    {
        _idle.Add(link);
        if (_isOver)
            Forget();
    }

    private void Forget()
    {
        while (_idle.TryTake(out var link))
            link.Dispose();
    }

    private void RestFor(TimeSpan time, string? why)
    {
        Why = why;
        Volatile.Write(ref _restUntil, Environment.TickCount64 + (long)time.TotalMilliseconds);
    }
}
