using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>So many readers in one process who follow the events of a board in a database; nothing of it counts.</summary>
internal sealed class ServerFollowers(string address, int readers) : IWorkload
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _end = new();
    private readonly List<Thread> _threads = [];
    private TaskBoard? _board;
    private long _length;

    public TimeSpan LeadIn { get; } = TimeSpan.FromSeconds(2);

    public long? Done => 0;

    public void Warm()
    {
        _board = PostgresBoard.Open(address, Environment.CurrentDirectory);
        foreach (var feed in Enumerable.Range(0, readers).Select(_ => _board.OpenFeed()))
        {
            var thread = new Thread(() => Follow(feed), 1 << 18) { IsBackground = true };
            _threads.Add(thread);
            thread.Start();
        }
    }

    public bool Step()
    {
        Thread.Sleep(1);
        return false;
    }

    public void Dispose()
    {
        _end.Cancel();
        _threads.ForEach(thread => thread.Join());
        _board?.Dispose();
        _end.Dispose();
    }

    private void Follow(TaskFeed feed)
    {
        using (feed)
        {
            while (!_end.IsCancellationRequested)
            {
                var events = feed.Read();
                foreach (var told in events)
                    Interlocked.Add(ref _length, told.ToString().Length);
                if (events.Count == 0)
                    feed.Wait(Glance);
            }
        }
    }
}
