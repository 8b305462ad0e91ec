using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace TaskLocking.Server;

/// <summary>
/// <c>GET /api/events</c>: the commits as server-sent events, behind a version without a gap and none twice. A browser names the last
/// version that it has seen when it comes back; what was missed it gets from the journal, and where that does not reach so far,
/// <c>event: reset</c> says from which version on it counts. One who does not take what he is sent is dropped.
/// </summary>
internal sealed class EventStream(TaskBoard board, EventHub hub, CancellationToken stopping)
{
    private const int MostStreams = 256;
    private const int AtOnce = 1000;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    private int _open;

    /// <summary>So long a reader may take nothing.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many are open.</summary>
    public int Open => Volatile.Read(ref _open);

    public async Task AnswerAsync(HttpContext context)
    {
        var (after, sink) = (After(context.Request), new EventSink(context, IsConcise(context.Request), Patience));
        try
        {
            if (Interlocked.Increment(ref _open) > MostStreams)
            {
                throw new TaskLockingException(RefusalCode.StoreUnavailable,
                    $"{MostStreams} streams of events are open already. Close one, or try again later.");
            }
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            var place = hub.Join();
            await sink.BeginAsync(EventMessage.Of(after ?? place.Version, "begin",
                writer => writer.WriteNumber("version", after ?? place.Version)), either.Token).ConfigureAwait(false);
            await RunAsync(sink, place, after ?? place.Version, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The browser has gone, the server ends, or it was too slow.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task RunAsync(EventSink sink, (long Number, long Version) place, long last, CancellationToken stop)
    {
        if (last != place.Version)
            (last, place.Number) = await ReplayAsync(sink, last, stop).ConfigureAwait(false);
        for (var number = place.Number; ;)
        {
            var (tick, isMissed) = await hub.NextAsync(number, KeepAlive, stop).ConfigureAwait(false);
            if (isMissed)
            {
                sink.Abort();
                return;
            }
            if (tick is null)
            {
                await sink.SendAsync(EventMessage.KeepAlive, stop).ConfigureAwait(false);
                continue;
            }
            number++;
            if (tick.After(last) is not { } news)
                continue;
            await sink.SendAsync(news, stop).ConfigureAwait(false);
            last = news.To;
        }
    }

    // From the journal until the watcher's place is reached: what is between is told once, since both tell versions.
    private async Task<(long Last, long Number)> ReplayAsync(EventSink sink, long last, CancellationToken stop)
    {
        TaskFeed feed;
        try
        {
            feed = await Task.Run(() => board.OpenFeed(last), stop).ConfigureAwait(false);
        }
        catch (TaskLockingException lost) when (lost.Refusal.Code == RefusalCode.EventsLost)
        {
            var number = hub.Join().Number;
            var version = board.GetVersion();
            await sink.SendAsync(EventMessage.Of(version, "reset", writer =>
            {
                writer.WriteNumber("version", version);
                writer.WriteString("reason", lost.Refusal.Message);
            }), stop).ConfigureAwait(false);
            return (version, number);
        }
        using (feed)
        {
            while (true)
            {
                // Taken first: what is read after it has all that the watcher had told by then.
                var number = hub.Join().Number;
                var events = await Task.Run(() => feed.Read(AtOnce, stop), stop).ConfigureAwait(false);
                if (events.Count == 0)
                    return (last, number);
                foreach (var part in EventHub.Parts(events))
                {
                    await sink.SendAsync(new EventTick(0, last, part), stop).ConfigureAwait(false);
                    last = part[^1].Version;
                }
            }
        }
    }

    // The header is of the browser that comes back, with the address of its first time.
    private static long? After(HttpRequest request)
    {
        var text = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : request.Query["after"].ToString();
        return text.Length == 0 ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
            : throw ToolCall.Fault("'after' and Last-Event-ID take the version that an event has, for example after=17.");
    }

    private static bool IsConcise(HttpRequest request) => request.Query["detail"].ToString() switch
    {
        "" or "full" => false,
        "concise" => true,
        _ => throw ToolCall.Fault("'detail' must be one of concise, full."),
    };
}
