using System.Collections.Generic;
using System.Linq;
using TaskLocking.Proof;

namespace TaskLocking.Tests.Proof;

/// <summary>
/// The meaning of linearizable, word for word: some order of the operations, in which none stands before one that had ended when it
/// started, explains every answer; those without an answer may be left out. Claims of the dead may be taken away at any place, if
/// there is a time for it.
/// </summary>
internal static class BruteForce
{
    public static bool Explains(TaskModel model, TaskState state, IReadOnlyList<Operation> operations) =>
        Explains(model, state, operations, now: 0);

    private static bool Explains(TaskModel model, TaskState state, IReadOnlyList<Operation> left, long now)
    {
        if (left.All(operation => operation.IsOpen))
            return true;
        if (state.Holder is not null && state.Until < long.MaxValue)
        {
            var later = state.Until > now ? state.Until : now;
            if (TaskModel.Heal(state, later) is { } healed && Explains(model, healed, left, later))
                return true;
        }
        foreach (var next in left)
        {
            // It takes effect at a time, and the times of an order do not go back.
            var time = next.Start > now ? next.Start : now;
            if (!next.IsOpen && next.End < time)
                continue;
            if (model.Step(state, next) is { } after && Explains(model, after, [.. left.Where(other => other != next)], time))
                return true;
        }
        return false;
    }
}
