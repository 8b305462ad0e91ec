using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.PostgreSql;

/// <summary>
/// The archive of a board in a database: a table, one row a todo. Parts are not put together, for one index has the ids of all of them. Who
/// works with the board may not change what was written; parts that no commit came to name are taken away by a function of the schema,
/// which sees to that itself.
/// </summary>
/// <param name="connections">To the server.</param>
/// <param name="board">Gives the number of the board; null as long as there is none.</param>
internal sealed class ServerArchive(ServerConnections connections, Func<int?> board) : ITaskArchive
{
    private const int AtOnce = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SweepPatience = TimeSpan.FromSeconds(5);

    public bool CanMerge => false;

    public IHistoryArchive Histories => field ??= new ServerHistories(connections, Board);

    private string Table => connections.Address.Schema + ".archive";

    public ArchiveSegment Write(IReadOnlyList<AgentTask> tasks, IReadOnlyList<ArchiveSegment> merged, DateTimeOffset now)
    {
        var name = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture) + "-"
            + Guid.NewGuid().ToString("N")[..8];
        var segment = new ArchiveSegment(name, tasks.Count, now, []);
        Put(segment, tasks);
        return segment;
    }

    public void Put(ArchiveSegment segment, IReadOnlyList<AgentTask> tasks) => connections.Retry(
        connection =>
        {
            using var transaction = connection.BeginTransaction();
            Announce(connection, connections.Address.Schema, Board(), segment.Name);
            Insert(connection, connections.Address.Schema, Board(), segment.Name, tasks);
            ServerTarget.Ask(connection, $"select 1 from {connections.Address.Schema}.make_sure()");
            transaction.Commit();
            return true;
        },
        new Deadline(Patience));

    /// <summary>
    /// To be called first in a transaction that writes a part which a commit is to name: if none does, it is swept. One that was swept
    /// under this name may be named again.
    /// </summary>
    public static void Announce(NpgsqlConnection connection, string schema, int board, string segment) =>
        ServerTarget.Ask(connection, $"with again as (delete from {schema}.hold where board = $1 and task = $3) "
            + $"insert into {schema}.unnamed_part(board, segment) values ($1, $2) on conflict do nothing",
            (NpgsqlDbType.Integer, board), (NpgsqlDbType.Text, segment), (NpgsqlDbType.Text, ArchivePart.HeldName(segment)));

    /// <summary>Writes a part in a transaction of the caller; what is there of it stays.</summary>
    public static void Insert(NpgsqlConnection connection, string schema, int board, string segment, IReadOnlyList<AgentTask> tasks)
    {
        for (var start = 0; start < tasks.Count; start += AtOnce)
        {
            var part = tasks.Skip(start).Take(AtOnce).ToList();
            ServerTarget.Ask(connection, $"insert into {schema}.archive(board, segment, place, number, line) "
                + "select $1, $2, p, n, l from unnest($3::int[], $4::bigint[], $5::text[]) t(p, n, l) on conflict do nothing",
                (NpgsqlDbType.Integer, board), (NpgsqlDbType.Text, segment),
                (NpgsqlDbType.Array | NpgsqlDbType.Integer, Enumerable.Range(start, part.Count).ToArray()),
                (NpgsqlDbType.Array | NpgsqlDbType.Bigint, part.Select(task => NumberOf(task.Id)).ToArray()),
                (NpgsqlDbType.Array | NpgsqlDbType.Text, part.Select(LineOf).ToArray()));
        }
    }

    public void Discard(ArchiveSegment segment)
    {
        // Nobody names it, so it is nothing, and swept later.
    }

    public IReadOnlyDictionary<string, ArchivedTask> Find(IReadOnlyCollection<string> ids, IReadOnlyList<ArchiveSegment> segments)
    {
        var found = new Dictionary<string, ArchivedTask>(StringComparer.Ordinal);
        if (ids.Count == 0 || segments.Count == 0)
            return found;
        var known = segments.ToDictionary(segment => segment.Name, StringComparer.Ordinal);
        var left = segments.ToDictionary(segment => segment.Name, segment => new HashSet<string>(segment.Left, StringComparer.Ordinal),
            StringComparer.Ordinal);
        var wanted = new HashSet<string>(ids, StringComparer.Ordinal);
        foreach (var (segment, task) in Read("number = any($3)", "segment",
            [(NpgsqlDbType.Array | NpgsqlDbType.Text, known.Keys.ToArray()),
                (NpgsqlDbType.Array | NpgsqlDbType.Bigint, wanted.Select(NumberOf).ToArray())]))
        {
            if (wanted.Contains(task.Id) && !left[segment].Contains(task.Id))
                found[task.Id] = new ArchivedTask(task, known[segment]);
        }
        return found;
    }

    public IEnumerable<AgentTask> ReadAll(IReadOnlyList<ArchiveSegment> segments)
    {
        foreach (var segment in segments)
        {
            var left = new HashSet<string>(segment.Left, StringComparer.Ordinal);
            var all = Read("true", "place", [(NpgsqlDbType.Array | NpgsqlDbType.Text, (string[])[segment.Name])]);
            if (all.Count != segment.Count)
                throw new TaskLockingException(RefusalCode.StateCorrupt, $"The archive of the board '{connections.Address.Board}' has "
                    + $"{all.Count} tasks in its part '{segment.Name}' where {segment.Count} were written: {Remedy}");
            foreach (var (_, task) in all)
            {
                if (!left.Contains(task.Id))
                    yield return task;
            }
        }
    }

    public void Sweep(IReadOnlyList<ArchiveSegment> segments, DateTimeOffset now)
    {
        // The database knows what was named, and what time it is.
        try
        {
            connections.Retry(
                connection => ServerTarget.Ask(connection, $"select {connections.Address.Schema}.sweep_archive($1)",
                    (NpgsqlDbType.Integer, Board())),
                new Deadline(SweepPatience));
        }
        catch (TaskLockingException)
        {
            // What was asked for is done; the next one may.
        }
    }

    private string Remedy => $"put the table {Table} back from a copy of the database.";

    private List<(string Segment, AgentTask Task)> Read(string condition, string order, (NpgsqlDbType, object)[] values) =>
        connections.Retry(
            connection =>
            {
                using var command = new NpgsqlCommand(
                    $"select segment, line from {Table} where board = $1 and segment = any($2) and {condition} order by {order}",
                    connection);
                CommitRequest.Add(command, NpgsqlDbType.Integer, Board());
                foreach (var (type, value) in values)
                    CommitRequest.Add(command, type, value);
                using var reader = command.ExecuteReader();
                var all = new List<(string, AgentTask)>();
                while (reader.Read())
                    all.Add((reader.GetString(0), Task(reader.GetString(0), reader.GetString(1))));
                return all;
            },
            new Deadline(Patience));

    private AgentTask Task(string segment, string line) => ArchiveLine.Read(Encoding.UTF8.GetBytes(line + "\n"))
        ?? throw new TaskLockingException(RefusalCode.StateCorrupt,
            $"A line of the part '{segment}' of the archive of the board '{connections.Address.Board}' is damaged: {Remedy}");

    private int Board() => board() ?? connections.Retry(connection => ServerTarget.Ask(connection,
        $"select id from {connections.Address.Schema}.board where name = $1", (NpgsqlDbType.Text, connections.Address.Board)) as int?,
        new Deadline(Patience)) ?? throw new TaskLockingException(RefusalCode.TaskNotFound,
        $"There is no board '{connections.Address.Board}' in the database '{connections.Address.Database}'.");

    private static long NumberOf(string id) => unchecked((long)TextHash.Of(id));

    private static string LineOf(AgentTask task)
    {
        var line = new ByteBuffer();
        ArchiveLine.Write(line, task);
        return Encoding.UTF8.GetString(line.Written[..^1]);
    }
}
