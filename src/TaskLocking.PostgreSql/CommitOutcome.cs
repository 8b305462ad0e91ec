using System;
using System.Diagnostics;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.PostgreSql;

/// <summary>Takes what the server told of a commit into the copy of the board. Under the gate.</summary>
internal readonly struct CommitOutcome(PostgresLog log, BoardCopy copy, CommitRequest request, CommitAnswer answer)
{
    /// <summary>
    /// True if the line is written, and the state is where it has to be applied, or has it already: then the line becomes null. False if
    /// another turn is to be taken.
    /// </summary>
    public bool Settle(ref ByteBuffer? line, IAttempt attempt, ref long version)
    {
        if (!answer.IsOk)
            return SettleElsewhere(ref line, attempt, ref version);
        if (answer.Versions[0] is not { } written)
        {
            Take(long.MaxValue);
            return false;
        }
        version = written;
        log.TellDurable(written);
        // In the tail where an earlier try of it had come through; then it is read with the others.
        var isBetween = written <= answer.Base;
        Take(isBetween ? written - 1 : long.MaxValue);
        if (isBetween || request.Above > 0 || copy.Version + 1 != written)
        {
            Leave(ref line, attempt, written);
            return true;
        }
        if (attempt.Version != written)
        {
            Debug.Assert(attempt.HoldsOn(copy.State), "a key is missing");
            line = attempt.LineFor(copy.State);
        }
        _ = JournalLine.Seal(line!, 0);
        copy.At(written, request.Lines[0].Cid);
        return true;
    }

    // The database is another one: all is read anew, with the line if it came through.
    private bool SettleElsewhere(ref ByteBuffer? line, IAttempt attempt, ref long version)
    {
        if (answer.HasMoved && answer.Versions[0] is null)
        {
            _ = log.Follow(); // says where to
            return false;
        }
        if (answer.Versions[0] is { } written)
        {
            version = written;
            Leave(ref line, attempt, written);
        }
        log.PutBack(new Deadline(CommitSender.LeastPatience));
        return answer.Versions[0] is not null;
    }

    private void Take(long upTo)
    {
        foreach (var row in answer.Tail)
        {
            if (row.Version <= upTo)
                copy.Apply(row);
        }
    }

    // The answer of the rule gets its number; the line comes with what is read next.
    private static void Leave(ref ByteBuffer? line, IAttempt attempt, long written)
    {
        _ = attempt.LineFor(new BoardState { Version = written - 1 });
        line = null;
    }
}
