using System;
using Npgsql;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>Sends a commit until it is known what became of it.</summary>
/// <remarks>
/// From the first byte that was sent until the answer is there nobody knows: the request may have been carried out, or be on its way still.
/// Looking for it proves nothing, so it is sent again. Where the time is over before that is known, that is what is told.
/// </remarks>
internal sealed class CommitSender(ServerConnections connections, string schema, RelayClient? relay = null)
{
    /// <summary>Whoever asked for one try asked whether the lock is free; this is about a commit on its way.</summary>
    public static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(5);

    // A way that has broken without anybody being told: on another one the same request finds what became of it.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>What became of it; null where the lock of the board was not free within the wait, and nothing was written.</summary>
    /// <param name="request">The commit.</param>
    /// <param name="wait">The longest wait for the lock.</param>
    /// <param name="deadline">For everything.</param>
    /// <param name="isSent">It was sent already, in another way, and may have been carried out.</param>
    /// <exception cref="TaskLockingException">CommitUncertain; else nothing was written.</exception>
    public CommitAnswer? Send(CommitRequest request, TimeSpan wait, Deadline deadline, bool isSent = false)
    {
        Exception? last = null;
        if (!isSent && request.Above == 0 && relay is not null)
        {
            switch (relay.Commit(request, wait, Min(Patience(deadline), LongestSilence), out var answer))
            {
                case RelayReply.Here:
                    return answer;
                case RelayReply.No:
                    return null;
                case RelayReply.Unknown:
                    (isSent, request.WentByRelay, last) = (true, true, new TimeoutException("the relay has not answered"));
                    break;
                default:
                    break;
            }
        }
        while (true)
        {
            try
            {
                using var connection = connections.Open(isSent ? new Deadline(Patience(deadline)) : deadline);
                try
                {
                    var answer = request.Send(connection, schema, isSent ? LeastPatience : wait, Min(Patience(deadline), LongestSilence));
                    return request.WentByRelay && new CommitWithdrawal(request, answer).Run(connection, schema) is { } sure ? sure : answer;
                }
                catch (Exception fault) when (fault is NpgsqlException or TimeoutException or System.IO.IOException)
                {
                    last = fault;
                    switch (SqlFault.KindOf(fault))
                    {
                        case SqlFaultKind.Busy when !isSent:
                            return null;
                        case SqlFaultKind.Refused when !isSent:
                            throw SqlFault.Refusal(fault, connections.Address);
                        case SqlFaultKind.Unknown:
                            isSent = true;
                            break;
                        default:
                            break;
                    }
                }
            }
            catch (TaskLockingException unreachable) when (isSent && unreachable.Refusal.Code != RefusalCode.CommitUncertain)
            {
                last = unreachable.InnerException ?? unreachable;
            }
            if (Patience(deadline) == TimeSpan.Zero)
                throw isSent ? Uncertain(request.Lines[0], last!) : SqlFault.Refusal(last!, connections.Address);
            ServerConnections.Rest(Pause, deadline, default);
        }
    }

    /// <summary>The longest wait for an answer: a little more than the caller has for waiting, from the same moment on.</summary>
    public static TimeSpan Patience(Deadline deadline)
    {
        if (deadline.Timeout == System.Threading.Timeout.InfiniteTimeSpan)
            return TimeSpan.FromSeconds(60);
        var left = (deadline.Timeout > LeastPatience ? deadline.Timeout : LeastPatience) - Deadline.Since(deadline.Began);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>The refusal where nobody knows what became of a line.</summary>
    public TaskLockingException Uncertain(CommitLine line, Exception? last) => new(new Refusal(RefusalCode.CommitUncertain,
        $"The answer of the server of the board '{connections.Address.Board}' was lost "
        + $"({(last?.Message ?? "it takes too long").TrimEnd('.')}): "
        + $"commit {line.Cid} may have been made, or may be made yet. Look at the tasks once the server can be reached, then decide "
        + "whether to try again."),
        last!);
}
