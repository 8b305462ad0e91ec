using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>The sentences of the verbs for swarms.</summary>
internal static class SwarmRefusals
{
    /// <summary>Null for a swarm that has tasks, or is paused.</summary>
    public static Refusal? Unknown(TaskDraft draft, string? swarm)
    {
        if (string.IsNullOrEmpty(swarm))
            return new Refusal(RefusalCode.InvalidArgument, "The swarm is blank. Name it, for example nightly.");
        return draft.FindPause(swarm!) is not null || draft.Tasks.Any(task => string.Equals(task.Swarm, swarm, StringComparison.Ordinal))
            ? null : new Refusal(RefusalCode.TaskNotFound, $"No task is of the swarm {swarm}");
    }

    public static SwarmOutcome Refused(string? swarm, Refusal refusal) => new(swarm ?? "", refusal, false, [], []);

    public static SwarmOutcome Done(string swarm, bool changed, IReadOnlyList<string>? cancelled = null,
        IReadOnlyList<string>? left = null) =>
        new(swarm, null, changed, cancelled ?? [], left ?? []);
}
