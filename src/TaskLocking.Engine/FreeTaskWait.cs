using System;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Waits until a task is free for who asks, or nothing is left to wait for.</summary>
internal sealed class FreeTaskWait
{
    // What the id of a request has behind it where a claim is remembered that was waited for after something else.
    private const string Behind = "+next";

    private static readonly int LongestId = ServedRequest.LongestId - Behind.Length;

    private readonly TaskBoard _board;
    private readonly TaskRequest _request;
    private readonly RequestWait _wait;

    /// <exception cref="TaskLockingException">InvalidArgument for a wait that cannot be.</exception>
    public FreeTaskWait(TaskBoard board, TaskRequest request, RequestWait wait)
    {
        if (wait.AtMost < TimeSpan.Zero && wait.AtMost != Timeout.InfiniteTimeSpan)
        {
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"Nobody can wait for {wait.AtMost}. Give 0 s or more, for example 10 m.");
        }
        (_board, _request, _wait) = (board, request, wait);
    }

    /// <summary>How the claim is made that comes after what is asked for with these options.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static CommitOptions OfNext(CommitOptions options) => options.RequestId switch
    {
        null => options,
        { } id when id.Length > LongestId => throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"The request id has {id.Length} characters. With a wait it can have {LongestId}: the claim is remembered under it and "
                + $"{Behind}."),
        var id => options with { RequestId = id + Behind },
    };

    /// <exception cref="OperationCanceledException">Cancelled; nothing was claimed.</exception>
    public TaskRequestAnswer Run(CommitOptions options, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(_wait.AtMost);
        var arrival = new TaskArrival(_board, _request, options);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var left = deadline.Remaining;
            var answer = arrival.Ask(cancellationToken);
            if (answer.Task is not null || options.WhatIf)
                return answer;
            if (_wait.UntilEmpty && arrival.IsEmpty(cancellationToken))
                return Empty(answer, arrival.Outlook!.Sentence);
            if (left == TimeSpan.Zero)
                return answer;
            _wait.OnWait?.Invoke(Deadline.Since(deadline.Began));
            arrival.Pause(left, cancellationToken);
        }
    }

    /// <summary>The same for who has something to tell besides, however the wait ends.</summary>
    public TaskRequestAnswer RunToAnyEnd(CommitOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return Run(options, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new TaskRequestAnswer(null, "The wait was cancelled.", []);
        }
        catch (TaskLockingException refused)
        {
            return new TaskRequestAnswer(null, refused.Message, []);
        }
    }

    private static TaskRequestAnswer Empty(TaskRequestAnswer answer, string sentence) =>
        new(null, answer.InVain is null ? sentence : $"{sentence} {answer.InVain}", answer.Overlaps) { InVain = answer.InVain };
}
