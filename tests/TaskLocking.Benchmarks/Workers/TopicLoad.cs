using System;
using System.Globalization;
using TaskLocking.Locking;
using TaskLocking.Topics;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>Allocates numbered topics, one a call.</summary>
internal sealed class TopicLoad(string warmProject, string project, string index) : IWorkload
{
    private const int TopicsInRoot = 60;
    private static readonly LockOptions Patient = new() { Timeout = TimeSpan.FromSeconds(60) };
    private TopicStore? _store;
    private int _count;

    public void Warm()
    {
        Repeat.UntilWarm(() => WarmIn($"{index}-{_count / TopicsInRoot}"));
        for (var i = 0; i < TopicsInRoot; i++)
            WarmIn("shared");
        _count = 0;
        _store = TopicStore.Open(project, "specs");
    }

    public bool Step()
    {
        _store!.Create([string.Create(CultureInfo.InvariantCulture, $"topic {index} {_count++}")], options: Patient);
        return true;
    }

    public void Dispose()
    {
    }

    private void WarmIn(string root)
    {
        _store = TopicStore.Open(warmProject, root);
        Step();
    }
}
