using System;
using System.Collections.Concurrent;
using System.Threading;
using Npgsql;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// The connections of a board to its server: made when needed, and kept for whoever needs one next, also of another board there. All of a
/// process share them; its end says goodbye for all.
/// </summary>
internal sealed class ServerConnections
{
    private static readonly ConcurrentDictionary<string, Lazy<NpgsqlDataSource>> Sources = new(StringComparer.Ordinal);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly NpgsqlDataSource _source;

    static ServerConnections() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Close();

    public ServerConnections(ServerAddress address)
    {
        Address = address;
        _source = Sources.GetOrAdd(address.Connection, connection => new Lazy<NpgsqlDataSource>(() => Make(connection))).Value;
    }

    public ServerAddress Address { get; }

    /// <summary>An open connection. As long as the server starts, or has no room, it is tried again.</summary>
    /// <param name="deadline">The longest wait; it is tried once in any case.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TaskLockingException">The server cannot be reached, or does not let us in.</exception>
    public NpgsqlConnection Open(Deadline deadline, CancellationToken cancellationToken = default)
    {
        for (var pause = ShortestPause; ; pause = pause < LongestPause ? pause + pause : pause)
        {
            try
            {
                return _source.OpenConnection();
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
            {
                if (!SqlFault.MayConnectLater(fault) || deadline.Remaining == TimeSpan.Zero)
                    throw SqlFault.Refusal(fault, Address);
            }
            Rest(pause, deadline, cancellationToken);
        }
    }

    /// <summary>Waits for a part of a pause, by chance, so that those who wait for the same do not come at once.</summary>
    public static void Rest(TimeSpan pause, Deadline deadline, CancellationToken cancellationToken)
    {
        var rest = pause * (0.5 + Random.Shared.NextDouble() / 2);
        var left = deadline.Remaining;
        cancellationToken.WaitHandle.WaitOne(left != Timeout.InfiniteTimeSpan && left < rest ? left : rest);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Runs something that changes nothing, or may be done twice, again where the server or the way to it broke down.</summary>
    /// <exception cref="TaskLockingException">What the server said.</exception>
    public T Retry<T>(Func<NpgsqlConnection, T> run, Deadline deadline, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                using var connection = Open(deadline, cancellationToken);
                return run(connection);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or System.IO.IOException)
            {
                if (SqlFault.KindOf(fault) == SqlFaultKind.Refused || deadline.Remaining == TimeSpan.Zero)
                    throw SqlFault.Refusal(fault, Address);
            }
            Rest(ShortestPause, deadline, cancellationToken);
        }
    }

    private static NpgsqlDataSource Make(string connection)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(connection);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        // The types that are used have the same numbers everywhere; asking for them would be a round trip.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    private static void Close()
    {
        foreach (var source in Sources.Values)
            source.Value.Dispose();
    }
}
