using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.PostgreSql;

namespace TaskLocking;

/// <summary>The self-test of a board in a database: whether the server keeps what a commit promises, before anybody relies on it.</summary>
public static class PostgresCheck
{
    /// <summary>Runs all tests. What fails is an item of the report; nothing is changed.</summary>
    /// <param name="address">The address of a board, which need not have begun.</param>
    /// <param name="folder">The folder that its tasks are about here.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="TaskLockingException">InvalidArgument for what is no address.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static WorkspaceReport Run(string address, string folder, CancellationToken cancellationToken = default)
    {
        var parsed = ServerAddress.Parse(address);
        var connections = new ServerConnections(parsed);
        using var board = PostgresBoard.Open(address, folder, new TaskBoardOptions { OneShot = true });
        var items = new ServerCheck(parsed, connections).Tests
            .Append(("State", () => State(board)))
            .Append(("Archive", board.CheckArchive))
            .Append(("Relay", () => Relay(parsed)))
            .Select(item => Try(item.Name, item.Test, cancellationToken)).ToList();
        return new WorkspaceReport(parsed.Text, null, "PostgreSQL", items.TrueForAll(item => item.Passed), items);
    }

    private static string State(TaskBoard board)
    {
        var state = board.State(default);
        return state.Version == 0 ? "There is no such board yet; the first task makes it."
            : string.Create(CultureInfo.InvariantCulture, $"{state.Count} tasks at version {state.Version}.");
    }

    // None is needed, so none is no fault; one that may not be trusted is.
    private static string Relay(ServerAddress address)
    {
        using var relay = RelayClient.Find(address);
        if (relay is null)
            return $"None is used: {RelayPlace.Variable} is off, or the address names a file by a path that is relative.";
        if (relay.IsThere())
            return string.Create(CultureInfo.InvariantCulture, $"Process {relay.Process} relays what this user's processes commit.");
        return relay.Why is { } why ? throw new InvalidDataException($"None is used: {why}")
            : "None runs, and none is needed: each process asks the server itself (tasklock relay).";
    }

    private static WorkspaceCheckItem Try(string name, Func<string> test, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var watch = Stopwatch.StartNew();
        try
        {
            return new WorkspaceCheckItem(name, Passed: true, test(), watch.Elapsed);
        }
        catch (Exception fault) when (fault is TaskLockingException or InvalidDataException or Npgsql.NpgsqlException or TimeoutException)
        {
            return new WorkspaceCheckItem(name, Passed: false, fault.Message, watch.Elapsed);
        }
    }
}
