using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TaskLocking.Server;

/// <summary>
/// Tells clients of the protocol that a resource is another than it was, by the ticks of the one watcher: in a stream that the client asks
/// for, and, of the older versions, beside the answers of its session. It may say so once too often, where a commit does not tell whether
/// it concerns a swarm or the queue; never too seldom.
/// </summary>
internal sealed class BoardSubscriptions(EventHub hub)
{
    private const int Most = 100;
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, byte> _session = new(StringComparer.Ordinal);
    private int _isFollowing;

    /// <summary>The stream of a client: first what it will have, then what changes, until it is cancelled.</summary>
    public async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> context,
        CancellationToken cancellation)
    {
        var asked = context.Params?.Notifications?.ResourceSubscriptions ?? [];
        var uris = asked.Where(BoardResources.IsResource).Distinct(StringComparer.Ordinal).Take(Most).ToList();
        var place = hub.Join();
        var id = JsonSerializer.SerializeToNode(context.JsonRpcRequest.Id, McpJsonUtilities.DefaultOptions);
        Task SendAsync(string method, JsonObject parameters)
        {
            parameters["_meta"] = new JsonObject { [MetaKeys.SubscriptionId] = id?.DeepClone() };
            return context.Server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters }, cancellation);
        }
        await SendAsync(NotificationMethods.SubscriptionsAcknowledgedNotification, new JsonObject
        {
            ["notifications"] = new JsonObject { ["resourceSubscriptions"] = new JsonArray([.. uris.Select(uri => (JsonNode)uri!)]) },
        }).ConfigureAwait(false);
        await FollowAsync(place.Number, () => uris,
            uri => SendAsync(NotificationMethods.ResourceUpdatedNotification, new JsonObject { ["uri"] = uri }), cancellation)
            .ConfigureAwait(false);
        return new EmptyResult();
    }

    /// <summary>Of the older versions: of the one session of this process.</summary>
    /// <exception cref="McpProtocolException">There is no such resource, or they are too many.</exception>
    public EmptyResult Subscribe(McpServer server, string uri)
    {
        if (!BoardResources.IsResource(uri))
            throw new McpProtocolException($"Nothing is at '{TerminalText.Line(uri)}'.", McpErrorCode.InvalidParams);
        if (_session.Count >= Most)
            throw new McpProtocolException($"{Most} subscriptions are the most.", McpErrorCode.InvalidParams);
        var number = hub.Join().Number;
        _session[uri] = 0;
        if (Interlocked.Exchange(ref _isFollowing, 1) == 0)
        {
            Task TellAsync(string each) => server.SendNotificationAsync(NotificationMethods.ResourceUpdatedNotification,
                new ResourceUpdatedNotificationParams { Uri = each });
            _ = Task.Run(() => FollowAsync(number, () => _session.Keys, TellAsync, CancellationToken.None));
        }
        return new EmptyResult();
    }

    public EmptyResult Unsubscribe(string uri)
    {
        _session.TryRemove(uri, out _);
        return new EmptyResult();
    }

    private async Task FollowAsync(long number, Func<IEnumerable<string>> uris, Func<string, Task> tell, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var (tick, isMissed) = await hub.NextAsync(number, Glance, cancellation).ConfigureAwait(false);
                if (tick is null && !isMissed)
                    continue;
                number = isMissed ? hub.Join().Number : number + 1;
                foreach (var uri in uris().Where(uri => tick is null || Concerns(uri, tick)).ToList())
                    await tell(uri).ConfigureAwait(false);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or System.IO.IOException)
        {
            // Nobody listens any more.
        }
    }

    private static bool Concerns(string uri, EventTick tick)
    {
        if (tick.IsReset)
            return true;
        var changes = tick.Events.SelectMany(told => told.Changes);
        return BoardResources.TaskOf(uri) is { } id ? changes.Any(change => string.Equals(change.TaskId, id, StringComparison.Ordinal))
            : !BoardResources.IsAgents(uri)
                || changes.Any(change => change.Kind is TaskEventKind.AgentRegistered or TaskEventKind.AgentUnregistered);
    }
}
