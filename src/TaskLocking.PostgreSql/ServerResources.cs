using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Npgsql;
using NpgsqlTypes;
using TaskLocking.Characters;
using TaskLocking.Locking;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// The places at a board's resources: leases of 30 seconds in the database, like those of its tasks, taken with them in one call. One more
/// gets in where the smallest limit that was named by him and by those who are in has room for him.
/// </summary>
internal sealed class ServerResources(PostgresLog log)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstReport = TimeSpan.FromMilliseconds(200);

    private string Schema => log.Connections.Address.Schema;

    /// <summary>Takes all of it; null, or what stands in the way, and whose session that is.</summary>
    public (HoldItem Item, string Session)? Take(int board, IReadOnlyList<HoldItem> items, LockSession session, string holder,
        Deadline deadline)
    {
        var resources = items.Where(item => item.IsResource).ToArray();
        var obstacle = log.Connections.Retry(
            connection =>
            {
                using var command = new NpgsqlCommand(
                    $"select kind, name, session from {Schema}.take_resources($1, $2, $3, $4, $5, $6, $7, $8)", connection);
                CommitRequest.Add(command, NpgsqlDbType.Integer, board);
                Texts(command, items.Where(item => !item.IsResource).Select(item => item.Name));
                Texts(command, resources.Select(item => item.Name));
                Texts(command, resources.Select(item => LookAlike.Fold(item.Name)));
                CommitRequest.Add(command, NpgsqlDbType.Array | NpgsqlDbType.Integer, Array.ConvertAll(resources, item => item.Limit));
                Texts(command, session.AllNames());
                CommitRequest.Add(command, NpgsqlDbType.Text, session.Id);
                CommitRequest.Add(command, NpgsqlDbType.Text, holder);
                using var reader = command.ExecuteReader();
                return reader.Read() ? (Kind: reader.GetString(0), Name: reader.GetString(1), Session: reader.GetString(2)) : default;
            },
            deadline);
        return obstacle.Kind switch
        {
            null => null,
            "like" => throw HoldRefusals.LooksLike(
                Array.Find(resources, item => LookAlike.Comparer.Equals(item.Name, obstacle.Name)) ?? resources[0], obstacle.Name),
            _ => (items.First(item => item.IsResource == (obstacle.Kind == "resource") && item.Name == obstacle.Name), obstacle.Session),
        };
    }

    /// <summary>Waits until there is room for a moment. What a process of this machine held that has ended is taken away.</summary>
    /// <exception cref="TaskLockingException">LockTimeout with the holders.</exception>
    public void WaitForRoom(int board, HoldItem wanted, Deadline deadline, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        var report = FirstReport;
        for (var pause = ShortestPause; ; pause = pause < LongestPause ? pause + pause : pause)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var users = Read(wanted.Name);
            if (users.FindIndex(IsGone) is >= 0 and var gone)
            {
                Change($"delete from {Schema}.resource_hold where board = $1 and name = any($2) and session = $3", board, [wanted.Name],
                    users[gone].Session);
                return;
            }
            var told = ResourcePlaces.Ordered(users.Select(user => user.Use));
            if (ResourcePlaces.HasRoom(wanted.Limit, users.ConvertAll(user => user.Use.Limit)))
                return;
            if (deadline.Remaining == TimeSpan.Zero)
                throw HoldRefusals.Timeout(wanted, deadline.Timeout, told, LockHolder.Unknown);
            if (onWait is not null && Deadline.Since(deadline.Began) is var elapsed && elapsed >= report)
            {
                report = elapsed + FirstReport;
                onWait(new LockWait(wanted.Name, elapsed, told[0].Holder));
            }
            ServerConnections.Rest(pause, deadline, cancellationToken);
        }
    }

    /// <summary>Who holds resources; who is known to have ended does not.</summary>
    public IReadOnlyList<ResourceUse> Used() => ResourcePlaces.Ordered(Read(null).Where(user => !IsGone(user)).Select(user => user.Use));

    /// <summary>Prolongs a hold; how many of its resources it still has.</summary>
    public int Renew(int board, IReadOnlyList<string> names, string session) => Change(
        $"update {Schema}.resource_hold set expires = clock_timestamp() + interval '30 seconds' "
            + "where board = $1 and name = any($2) and session = $3", board, names, session);

    /// <summary>Lets go.</summary>
    public int Free(int board, IReadOnlyList<string> names, string session) => Change(
        $"delete from {Schema}.resource_hold where board = $1 and name = any($2) and session = $3", board, names, session);

    /// <summary>Tells others of another process that goes on holding.</summary>
    public int Tell(int board, IReadOnlyList<string> names, string session, string holder) => Change(
        $"update {Schema}.resource_hold set holder = $4 where board = $1 and name = any($2) and session = $3",
        board, names, session, holder);

    private static bool IsGone((ResourceUse Use, string Session, string? Start) user) =>
        ProcessLiveness.OfThisHost.IsAlive(user.Use.Host, user.Use.Pid, user.Start) == false;

    private static void Texts(NpgsqlCommand command, IEnumerable<string> values) =>
        CommitRequest.Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, values.ToArray());

    private int Change(string statement, int board, IReadOnlyList<string> names, string session, string? more = null) =>
        log.Holds.Change(statement, board, names, session, more);

    private List<(ResourceUse Use, string Session, string? Start)> Read(string? name) => log.Connections.Retry(
        connection =>
        {
            using var command = new NpgsqlCommand(
                $"select r.name, r.places, r.session, r.holder from {Schema}.resource_hold r join {Schema}.board b on b.id = r.board "
                    + $"where b.name = $1 and ($2::text is null or r.name = $2) and {Schema}.lives(r.expires)", connection);
            CommitRequest.Add(command, NpgsqlDbType.Text, log.Connections.Address.Board);
            CommitRequest.Add(command, NpgsqlDbType.Text, name is null ? DBNull.Value : name);
            using var reader = command.ExecuteReader();
            var users = new List<(ResourceUse, string, string?)>();
            while (reader.Read())
            {
                var holder = HolderJson.Read(reader.GetString(3), out var start);
                users.Add((ResourceUse.Of(reader.GetString(0), reader.GetInt32(1), holder), reader.GetString(2), start));
            }
            return users;
        },
        log.ReadDeadline);
}
