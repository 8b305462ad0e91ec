using System;
using System.Globalization;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>Follows the events of a workspace beside those who commit there; nothing of it counts.</summary>
internal sealed class FollowLoad(string warmWorkspace, string workspace) : IWorkload
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private TaskBoard? _board;
    private TaskFeed? _feed;
    private long _length;

    public TimeSpan LeadIn { get; } = TimeSpan.FromSeconds(2);

    public void Warm()
    {
        Open(warmWorkspace);
        var number = 0;
        var name = "warm-" + Guid.NewGuid().ToString("N")[..8];
        Repeat.UntilWarm(() =>
        {
            _board!.Define([new TaskDefinition(name + (number++).ToString(CultureInfo.InvariantCulture))]);
            Step();
        });
        Dispose();
        Open(workspace);
    }

    public bool Step()
    {
        var events = _feed!.Read();
        foreach (var told in events)
            _length += told.ToString().Length;
        if (events.Count == 0)
            _feed.Wait(Glance);
        return false;
    }

    public void Dispose()
    {
        _feed?.Dispose();
        _board?.Dispose();
    }

    private void Open(string folder)
    {
        _board = TaskBoard.Open(folder);
        _feed = _board.OpenFeed();
    }
}
