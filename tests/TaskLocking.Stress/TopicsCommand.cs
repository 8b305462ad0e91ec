using System;
using TaskLocking.Locking;
using TaskLocking.Topics;

namespace TaskLocking.Stress;

/// <summary>Makes topics one by one and prints their numbers.</summary>
internal static class TopicsCommand
{
    public static int Run(string root, int count)
    {
        var topics = TopicStore.Open(root, root);
        var options = new LockOptions { Timeout = TimeSpan.FromMinutes(5) };
        Gate.Wait();
        for (var number = 0; number < count; number++)
            Report.Line("topic", topics.Create(["load " + Environment.ProcessId], options: options)[0].Number);
        return 0;
    }
}
