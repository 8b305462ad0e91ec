using System;
using System.Collections.Generic;
using System.Threading;

namespace TaskLocking.PostgreSql;

/// <summary>A commit that a caller of a relay waits for.</summary>
internal sealed class RelayCall(CommitRequest request)
{
    public CommitRequest Request => request;

    /// <summary>Released when it has an answer, or is to send for all.</summary>
    public SemaphoreSlim Signal { get; } = new(0);

    /// <summary>What is told; null as long as that is not known.</summary>
    public RelayReply? Reply { get; private set; }

    /// <summary>What became of it, with <see cref="RelayReply.Here"/>.</summary>
    public CommitAnswer? Answer { get; private set; }

    /// <summary>Whether anything that goes before it in the same call touches what it rests on.</summary>
    public bool RestsOn(HashSet<long> written)
    {
        foreach (var line in request.Lines)
        {
            if (line.Keys.Reads is null ? written.Count > 0 : written.Overlaps(line.Keys.Reads))
                return true;
        }
        return false;
    }

    public void End(RelayReply reply, CommitAnswer? answer = null)
    {
        if (Reply is not null)
            return;
        Answer = answer;
        Reply = reply;
        Signal.Release();
    }
}
