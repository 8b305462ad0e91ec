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

    /// <summary>Of who asks for one try: so long an answer may take.</summary>
    public static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(1);

    private const int LongestSilence = 5; // s

    private readonly NpgsqlDataSource _source;

    static ServerConnections() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Close();

    /// <param name="address">Where the server is.</param>
    /// <param name="patience">The longest wait for an answer of what only reads; null for the default.</param>
    public ServerConnections(ServerAddress address, TimeSpan? patience = null)
    {
        Address = address;
        _source = SourceOf(Within(address.Connection, patience));
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

    /// <summary>A connection that nobody else gets before or after.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached, or does not let us in.</exception>
    public NpgsqlConnection OpenAlone()
    {
        var connection = new NpgsqlConnectionStringBuilder(Address.Connection) { Pooling = false };
        return SourceOf(connection.ConnectionString).OpenConnection();
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

    // A server that says nothing is noticed by nothing else; then there is time for another way to it.
    private static string Within(string connection, TimeSpan? patience)
    {
        if (patience is not { } longest)
            return connection;
        var silence = longest < TimeSpan.Zero ? LongestSilence : (int)Math.Clamp(longest.TotalSeconds / 2, 1, LongestSilence);
        var builder = new NpgsqlConnectionStringBuilder(connection) { Timeout = silence, CommandTimeout = silence };
        return builder.ConnectionString;
    }

    private static NpgsqlDataSource SourceOf(string connection) =>
        Sources.GetOrAdd(connection, text => new Lazy<NpgsqlDataSource>(() => Make(text))).Value;

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
