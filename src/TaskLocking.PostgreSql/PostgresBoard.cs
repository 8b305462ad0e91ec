using System;
using TaskLocking.Board;
using TaskLocking.PostgreSql;

namespace TaskLocking;

/// <summary>
/// Boards in PostgreSQL: for fleets over many machines, by the same verbs and the same rules as those in a folder. Only who names a
/// workspace <c>postgres://…</c> comes here.
/// </summary>
public static class PostgresBoard
{
    /// <summary>
    /// Opens a board. The server is not asked for anything before the first verb. Where a relay of this user runs, it is used
    /// (<see cref="PostgresRelay"/>).
    /// </summary>
    /// <param name="address"><c>postgres://user@host/database/board?schema=s</c>, without a password.</param>
    /// <param name="workspace">The folder that the tasks are about here: paths of files are relative to it.</param>
    /// <param name="options">How; null for the defaults. Its clock is set right by that of the database.</param>
    /// <exception cref="TaskLockingException">InvalidArgument for what is no such address, or for what TASKLOCKING_RELAY says.</exception>
    public static TaskBoard Open(string address, string workspace, TaskBoardOptions? options = null)
    {
        options ??= new TaskBoardOptions();
        var parsed = ServerAddress.Parse(address);
        var clock = new ServerClock(options.Clock);
        options = options with { Clock = clock };
        return new TaskBoard(new Committer(new PostgresLog(parsed, clock, options.Patience, RelayClient.Find(parsed)), clock), workspace,
            options.Session ?? LockSession.ForProcess(), options, parsed.Text);
    }
}
