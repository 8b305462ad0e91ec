using System;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>Takes a random task of a workspace, gives it back, takes another: two durable commits.</summary>
internal sealed class AssignLoad(string warmWorkspace, string workspace, int tasks, string index, CommitTimes times) : IWorkload
{
    /// <summary>How many tasks the workspace for warming up has.</summary>
    public const int WarmTasks = 100;

    private readonly string _agent = "agent-" + index;
    private readonly Random _random = new(index.GetHashCode(StringComparison.Ordinal));
    private TaskBoard? _board;
    private string? _mine;

    public TimeSpan LeadIn { get; } = TimeSpan.FromSeconds(2);

    public void Warm()
    {
        _board = TaskBoard.Open(warmWorkspace);
        Repeat.UntilWarm(() => Step(WarmTasks));
        _board.Dispose();
        _mine = null;
        _board = TaskBoard.Open(workspace);
        _board.FindTask(TodoDocument.Id(0));
    }

    public bool Step() => Step(tasks);

    public void Dispose() => _board?.Dispose();

    private bool Step(int among)
    {
        if (_mine is null)
        {
            var id = TodoDocument.Id(_random.Next(among));
            var free = _board!.Assign(new AssignmentRequest([id], "agent", _agent), times.Options).Success;
            _mine = free ? id : null;
            return free;
        }
        var done = _board!.Unassign(new UnassignmentRequest([_mine]) { From = _agent }, times.Options).Success;
        _mine = null;
        return done ? true : throw new InvalidOperationException("A task was lost by its owner.");
    }
}
