using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Ready;

/// <summary>The first tasks for an agent were these, of so many that were asked for.</summary>
internal sealed class FirstTasks(AgentView agent, ReadyQuery query, DateTimeOffset now, IReadOnlyList<string> ids, int asked)
    : IReadyQuestion
{
    public bool IsAnsweredAlike(TaskGraph later)
    {
        var at = 0;
        foreach (var node in later.Ready.For(agent, query, now).Where(node => ReadyQueue.IsMeant(node.Task!, query)))
        {
            if (at == ids.Count || !string.Equals(node.Id, ids[at], StringComparison.Ordinal))
                return false;
            if (++at == asked)
                return true;
        }
        return at == ids.Count;
    }
}
