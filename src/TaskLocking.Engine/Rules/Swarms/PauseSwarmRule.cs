using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Has the tasks of swarms be given out no longer, or again. What is in progress, and what was claimed or assigned before, goes on.
/// Refused, each for itself: InvalidArgument, TaskNotFound for a swarm that no task is of.
/// </summary>
/// <param name="swarms">By their names.</param>
/// <param name="isPause">False: they go on.</param>
/// <param name="reason">Why, in a line; null if nobody tells.</param>
internal sealed class PauseSwarmRule(IReadOnlyList<string> swarms, bool isPause, string? reason = null)
    : ITaskRule<IReadOnlyList<SwarmOutcome>>
{
    public IReadOnlyList<SwarmOutcome> Decide(TaskDraft draft) => swarms.Select(swarm => Decide(draft, swarm)).ToList();

    private SwarmOutcome Decide(TaskDraft draft, string swarm)
    {
        if (SwarmRefusals.Unknown(draft, swarm) is { } unknown)
            return SwarmRefusals.Refused(swarm, unknown);
        if (reason is not null && TaskFields.Reason(reason) is { } fault)
            return SwarmRefusals.Refused(swarm, TaskRefusals.Invalid(null, fault));
        var before = draft.FindPause(swarm);
        if (isPause ? before is not null && (reason is null || reason == before.Reason) : before is null)
            return SwarmRefusals.Done(swarm, changed: false);
        draft.SetPause(swarm, isPause ? new SwarmPause(swarm, before?.Since ?? draft.Now, draft.By, reason) : null);
        return SwarmRefusals.Done(swarm, changed: true);
    }
}
