using System;
using System.Linq;

namespace TaskLocking.Stress;

/// <summary>Makes topics, some a call, and prints their numbers.</summary>
internal static class TopicsCommand
{
    public static int Run(string root, int count, int perCall)
    {
        var topics = TopicStore.Open(root, root);
        var options = new LockOptions { Timeout = TimeSpan.FromMinutes(5) };
        Gate.Wait();
        var names = Enumerable.Repeat("load " + Environment.ProcessId, perCall).ToList();
        for (var number = 0; number < count; number += perCall)
        {
            foreach (var topic in topics.Create(names, options: options))
                Report.Line("topic", topic.Number);
        }
        return 0;
    }
}
