using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Commands;

namespace TaskLocking.Cli.Completion;

/// <summary>What the values of options and arguments are: those of one name mean the same in all commands, but for a few.</summary>
internal static class ValueKinds
{
    private static readonly Dictionary<string, ValueKind> Options = new(StringComparer.Ordinal)
    {
        ["--workspace"] = ValueKind.Folder,
        ["--root"] = ValueKind.Folder,
        ["--into"] = ValueKind.Folder,
        ["--file"] = ValueKind.File,
        ["--task-file"] = ValueKind.File,
        ["--token-file"] = ValueKind.File,
        ["--tokens"] = ValueKind.File,
        ["--secret-file"] = ValueKind.File,
        ["--ids-from"] = ValueKind.File,
        ["--from"] = ValueKind.File,
        ["--agent"] = ValueKind.Agent,
        ["--assignee"] = ValueKind.Agent,
        ["--allow"] = ValueKind.Agent,
        ["--to"] = ValueKind.Agent,
        ["--by"] = ValueKind.Agent,
        ["--swarm"] = ValueKind.Swarm,
        ["--tag"] = ValueKind.Tag,
        ["--capability"] = ValueKind.Capability,
        ["--requires"] = ValueKind.Capability,
        ["--depends-on"] = ValueKind.Task,
        ["--parent"] = ValueKind.Task,
        ["--resource"] = ValueKind.Resource,
        ["--status"] = ValueKind.Status,
        ["--for"] = ValueKind.Status,
        ["--priority"] = ValueKind.Priority,
        ["--type"] = ValueKind.AssigneeType,
        ["--on-overlap"] = ValueKind.Overlap,
        ["--clear"] = ValueKind.Field,
    };

    private static readonly Dictionary<string, ValueKind> Arguments = new(StringComparer.Ordinal)
    {
        ["ID"] = ValueKind.Task,
        ["SWARM"] = ValueKind.Swarm,
        ["KIND"] = ValueKind.ArtifactKind,
        ["PATH"] = ValueKind.File,
        ["FILE"] = ValueKind.File,
        ["SHELL"] = ValueKind.Shell,
        ["TOOL"] = ValueKind.Tool,
        ["COMMAND"] = ValueKind.Command,
        ["EVENT"] = ValueKind.Event,
    };

    public static ValueKind Of(Command command, Option option) =>
        command is UnassignCommand && option.Name == "--from" ? ValueKind.Agent
        : Options.GetValueOrDefault(option.Name, ValueKind.Free);

    /// <param name="command">The command.</param>
    /// <param name="index">How many arguments stand before it.</param>
    public static ValueKind Of(Command command, int index)
    {
        // The last one that takes several takes what is left.
        var argument = index < command.Arguments.Count ? command.Arguments[index] : command.Arguments.LastOrDefault();
        if (argument is null || (index >= command.Arguments.Count && argument.Arity.MaximumNumberOfValues <= 1))
            return ValueKind.Free;
        return command switch
        {
            // There is none of that name yet.
            TaskNewCommand => ValueKind.Free,
            // Those in the document are not meant, and all of the archive would have to be read for the others.
            TaskRestoreCommand => ValueKind.Free,
            AgentRemoveCommand => ValueKind.Agent,
            FileUnlockCommand => ValueKind.Lease,
            ResourceListCommand => ValueKind.Resource,
            TrustCommand => ValueKind.Folder,
            MergeDriverCommand => ValueKind.File,
            _ => Arguments.GetValueOrDefault(argument.Name, ValueKind.Free),
        };
    }
}
