using System.Collections.Generic;

namespace TaskLocking.CrashStates.Trace;

/// <summary>Who works on a workspace that begins empty: waves, one after another, of processes that run at once.</summary>
internal sealed record Scene(string Name, params Actor[][] Waves)
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Scene> All(int seed) =>
    [
        new("first commit", [Task("A"), Task("B"), Task("C")], [Task("D")]),
        new("first commit of workers",
            [Actor.Agent("one", seed, 4), Actor.Agent("two", seed + 1, 4), Actor.Agent("three", seed + 2, 4)]),
        new("fleet", [.. Fleet(seed + 10, 4, 30)]),
        new("checkpoints",
            [Actor.Agent("checkpoint", seed + 20, 30), Actor.Agent("one", seed + 21, 30), Actor.Agent("checkpointing", seed + 22, 20)],
            [Task("last")]),
        new("foreign hand", [Actor.Agent("one", seed + 30, 25), Actor.Hand(seed + 31, 12)], [Task("last")]),
        new("killed", [Actor.Agent("one", seed + 40, 10)],
            [Actor.Agent("torn", seed + 41, 30) with { Failpoint = "commit.after-append:7" }, Actor.Agent("two", seed + 42, 12)],
            [Actor.Agent("checkpoint", seed + 43, 20) with { Failpoint = "checkpoint.after-seal:2" }, Actor.Agent("three", seed + 44, 12)],
            [Task("last")]),
        new("failed flush", [Actor.Agent("large", seed + 50, 12) with { FailingFlush = 3 }],
            [Actor.Agent("larger", seed + 51, 12) with { FailingFlush = 4 }, Actor.Agent("two", seed + 52, 20)],
            [Task("between") with { FailingFlush = 1 }], [Actor.Agent("three", seed + 53, 6)], [Task("last")]),
    ];

    /// <summary>Those who come when the machine has started again.</summary>
    public static Actor[][] After(int seed) =>
        [[Actor.Agent("after", seed + 60, 8) with { ComesAfter = true },
            Actor.Agent("afterwards", seed + 61, 8) with { ComesAfter = true }]];

    private static Actor Task(string id) => Actor.Command("--workspace", "WS", "task", "new", id);

    private static IEnumerable<Actor> Fleet(int seed, int count, int rounds)
    {
        for (var index = 0; index < count; index++)
            yield return Actor.Agent("agent" + index.ToString(null, null), seed + index, rounds);
    }
}
