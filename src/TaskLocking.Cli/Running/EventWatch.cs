using System;
using System.Diagnostics;
using System.Threading;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;

namespace TaskLocking.Cli.Running;

/// <summary>Writes the events of a board, and those that come, as far as they are wanted.</summary>
/// <param name="feed">Where they come from.</param>
/// <param name="json">Whether it writes a document a line.</param>
/// <param name="atMost">The most events; null for any number.</param>
/// <param name="failure">Hears what went wrong.</param>
internal sealed class EventWatch(TaskFeed feed, bool json, int? atMost, FailureReport failure)
{
    private const int AtOnce = 1000;

    // So often it looks whether anybody still reads, while nothing comes.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private int _told;

    private int Left => atMost is { } most ? Math.Min(most - _told, AtOnce) : AtOnce;

    /// <summary>What is there already.</summary>
    public int Write()
    {
        while (Left > 0 && TryTell(CancellationToken.None))
        {
        }
        return 0;
    }

    /// <summary>Goes on until the number is reached, the time is over, a signal comes, or nobody reads any more.</summary>
    /// <param name="longest">The longest wait for all together.</param>
    /// <returns>0; 5 where the time is over before the number is reached; 128 and the number of the signal; 13.</returns>
    public int Follow(TimeSpan longest)
    {
        var clock = Stopwatch.StartNew();
        using var signals = new SignalRelay();
        try
        {
            while (!StandardOutput.IsAbandoned())
            {
                if (Left == 0)
                    return 0;
                if (TryTell(signals.BeforeStart))
                    continue;
                var left = longest < TimeSpan.Zero ? Glance : longest - clock.Elapsed;
                if (left <= TimeSpan.Zero)
                    return atMost is null ? 0 : failure.Tell(new Refusal(RefusalCode.WaitTimeout,
                        $"{_told} of {atMost} events came in the time that was to be waited"));
                feed.Wait(left < Glance ? left : Glance, signals.BeforeStart);
            }
        }
        catch (OperationCanceledException)
        {
            return signals.ExitCode;
        }
        return failure.TellUnheard("The events could not be written, so they are not followed any longer.");
    }

    private bool TryTell(CancellationToken stop)
    {
        var events = feed.Read(Left, stop);
        EventReport.Write(events, json);
        _told += events.Count;
        return events.Count > 0;
    }
}
