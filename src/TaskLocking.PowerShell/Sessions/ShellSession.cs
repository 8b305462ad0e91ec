using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;

namespace TaskLocking.PowerShell.Sessions;

/// <summary>
/// What one runspace has: its warm boards and, through their sessions, the tasks that it holds. Made at the first use, closed with the
/// module or with the runspace, whichever is first; closing frees every hold. Safe for several threads.
/// </summary>
internal sealed class ShellSession
{
    private static readonly Dictionary<Guid, ShellSession> Open = [];
    private static readonly string Inherited = Environment.GetEnvironmentVariable(LockSession.Variable) ?? "";

    private readonly Dictionary<string, TaskBoard> _boards = new(StringComparer.Ordinal);
    private readonly Runspace _runspace;

    private ShellSession(Runspace runspace)
    {
        _runspace = runspace;
        runspace.StateChanged += CloseWithRunspace;
    }

    /// <summary>The session of the runspace that runs on this thread.</summary>
    public static ShellSession Current
    {
        get
        {
            var runspace = Runspace.DefaultRunspace;
            lock (Open)
            {
                if (!Open.TryGetValue(runspace.InstanceId, out var session))
                    Open.Add(runspace.InstanceId, session = new ShellSession(runspace));
                return session;
            }
        }
    }

    /// <summary>Closes the session of this thread's runspace, if it has one.</summary>
    public static void CloseCurrent()
    {
        ShellSession? session;
        lock (Open)
            Open.TryGetValue(Runspace.DefaultRunspace.InstanceId, out session);
        session?.Close();
    }

    /// <summary>The board of a workspace, opened once and kept warm.</summary>
    /// <param name="place">Where it is.</param>
    public TaskBoard Board(WorkspacePlace place)
    {
        var key = place.Address is null ? place.Folder : place.Address + " " + place.Folder;
        lock (Open)
        {
            if (_boards.TryGetValue(key, out var board))
                return board;
            var locks = new LockSession(_runspace.InstanceId.ToString("N"), Inherited);
            locks.HoldsChanged += Publish;
            var options = new TaskBoardOptions { Session = locks };
            board = place.Address is { } address ? DatabaseBoards.Open(address, place.Folder, options)
                : TaskBoard.Open(place.Folder, options);
            _boards.Add(key, board);
            return board;
        }
    }

    /// <summary>
    /// Tells child processes whose locks let them through. The environment belongs to the whole process, so a child of one runspace is
    /// let through the locks of the others too.
    /// </summary>
    private static void Publish(object? sender, EventArgs e)
    {
        lock (Open)
        {
            var holding = Open.Values.SelectMany(s => s._boards.Values).Select(b => b.Session)
                .Where(s => s.CurrentHolds.Count > 0);
            var ids = Inherited.Split([';'], StringSplitOptions.RemoveEmptyEntries)
                .Concat(holding.Select(s => s.Id))
                .Distinct(StringComparer.Ordinal);
            var value = string.Join(";", ids);
            Environment.SetEnvironmentVariable(LockSession.Variable, value.Length > 0 ? value : null);
        }
    }

    private void CloseWithRunspace(object? sender, RunspaceStateEventArgs e)
    {
        if (e.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
            Close();
    }

    private void Close()
    {
        _runspace.StateChanged -= CloseWithRunspace;
        List<TaskBoard> boards;
        lock (Open)
        {
            boards = [.. _boards.Values];
        }
        foreach (var board in boards)
        {
            board.Session.ReleaseAll();
            board.Dispose();
        }
        lock (Open)
        {
            _boards.Clear();
            Open.Remove(_runspace.InstanceId);
        }
    }
}
