using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.CommandLine;

namespace TaskLocking.Cli;

/// <summary>What other trackers and queues call the commands: who comes from one of them, or guesses, is told ours.</summary>
internal static class OtherWords
{
    // Of a group's own word, as of 'task', the first counts that is below it.
    private static readonly FrozenDictionary<string, string[]> Ours = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
    {
        ["acquire"] = ["lock"],
        ["add"] = ["task new"],
        ["begin"] = ["start"],
        ["cancel"] = ["task reject", "swarm cancel"],
        ["claim"] = ["next"],
        ["close"] = ["complete"],
        ["create"] = ["task new", "agent add", "topic new", "token add"],
        ["define"] = ["task new"],
        ["delete"] = ["task remove", "agent remove", "token revoke"],
        ["dequeue"] = ["next"],
        ["doctor"] = ["check"],
        ["done"] = ["complete"],
        ["edit"] = ["task set"],
        ["enqueue"] = ["task new"],
        ["finish"] = ["complete"],
        ["heartbeat"] = ["renew"],
        ["list"] = ["task get"],
        ["log"] = ["task history"],
        ["ls"] = ["task get", "agent list", "topic list", "swarm list", "file list", "resource list", "token list", "hooks list"],
        ["modify"] = ["task set"],
        ["pick"] = ["next"],
        ["register"] = ["agent add"],
        ["release"] = ["unassign", "file unlock"],
        ["requeue"] = ["retry"],
        ["rm"] = ["task remove", "agent remove", "token revoke"],
        ["run"] = ["work"],
        ["show"] = ["task get", "agent list", "topic list", "swarm list", "file list", "resource list", "token list", "hooks list"],
        ["take"] = ["next"],
        ["todo"] = ["task get"],
        ["unclaim"] = ["unassign"],
        ["unlock"] = ["unassign"],
        ["unregister"] = ["agent remove"],
        ["update"] = ["task set"],
        ["verify"] = ["check"],
        ["watch"] = ["events"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Our words for one of others, where they are below a command; null if there are none.</summary>
    public static string? Meant(string word, Command command)
    {
        if (!Ours.TryGetValue(word, out var ours))
            return null;
        return command is RootCommand ? ours[0]
            : Array.Find(ours, each => each.StartsWith(command.Name + " ", StringComparison.Ordinal));
    }
}
