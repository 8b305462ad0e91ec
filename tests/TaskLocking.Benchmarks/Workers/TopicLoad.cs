using System;
using System.Globalization;
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
        _store = Open(project, "specs");
    }

    public bool Step()
    {
        _store!.Create([string.Create(CultureInfo.InvariantCulture, $"topic {index} {_count++}")], options: Patient);
        return true;
    }

    public void Dispose() => _store?.Dispose();

    // A store that is left open tells its counts a second later: that would fall into what is measured.
    private void WarmIn(string root)
    {
        using (_store = Open(warmProject, root))
            Step();
    }

    // The folder of the benchmark may lie in a repository; what is measured is a root that lies in none.
    private static TopicStore Open(string project, string root) =>
        TopicStore.Open(project, root, TopicWatches.Shared, repository: TopicRepository.None);
}
