using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.Linq;
using TaskLocking.Cli.Commands;
using TaskLocking.Cli.Output;

namespace TaskLocking.Cli;

/// <summary>The grammar. A run needs one command of sixteen, so only those that the arguments may mean are made.</summary>
internal static class CommandTree
{
    private const string Description = """
        Locks, tasks and topic numbers for fleets of agents and scripts. The store is the folder '.todo2' of the workspace; nothing runs in between.

        Exit codes: 0 done, 1 unexpected fault, 2 wrong arguments, 3 already defined or assigned, 4 not found, 5 lock timeout, 6 not possible now,
        7 not yours, 8 changed meanwhile, 9 store is damaged, 10 store or locking cannot be used, 11 unsure whether it lasts, 130 cancelled.
        """;

    private static readonly string[] HelpWords = ["--help", "-h", "-?", "/h", "/?"];

    /// <summary>The commands that these arguments may mean.</summary>
    public static RootCommand For(string[] args) =>
        args.Any(arg => HelpWords.Contains(arg, StringComparer.Ordinal)) ? Whole() : Build(name => Array.IndexOf(args, name) >= 0);

    /// <summary>Every command.</summary>
    public static RootCommand Whole() => Build(_ => true);

    private static RootCommand Build(Func<string, bool> wanted)
    {
        var root = new RootCommand(Description) { GlobalOptions.Workspace, GlobalOptions.Json, GlobalOptions.Timeout, GlobalOptions.Verbose };
        if (wanted("task"))
            root.Add(TaskGroup(wanted));
        if (wanted(AssignCommand.Verb))
            root.Add(new AssignCommand());
        if (wanted(UnassignCommand.Verb))
            root.Add(new UnassignCommand());
        if (wanted(AssignmentsCommand.Verb))
            root.Add(new AssignmentsCommand());
        if (wanted(LockCommand.Verb))
            root.Add(new LockCommand());
        if (wanted("topic"))
            root.Add(TopicGroup(wanted));
        if (wanted(CheckCommand.Verb))
            root.Add(new CheckCommand());
        if (wanted(SyncCommand.Verb))
            root.Add(new SyncCommand());
        var help = root.Options.OfType<HelpOption>().First();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    private static Command TaskGroup(Func<string, bool> wanted)
    {
        var group = new Command("task", "Define, read, change and remove tasks, and read their history.");
        if (wanted(TaskNewCommand.Verb))
            group.Add(new TaskNewCommand());
        if (wanted(TaskGetCommand.Verb))
            group.Add(new TaskGetCommand());
        if (wanted(TaskSetCommand.Verb))
            group.Add(new TaskSetCommand());
        if (wanted(TaskRemoveCommand.Verb))
            group.Add(new TaskRemoveCommand());
        if (wanted(TaskHistoryCommand.Verb))
            group.Add(new TaskHistoryCommand());
        return group;
    }

    private static Command TopicGroup(Func<string, bool> wanted)
    {
        var group = new Command("topic", "Make, list and audit numbered topic folders and their artifact folders.");
        if (wanted(TopicNewCommand.Verb))
            group.Add(new TopicNewCommand());
        if (wanted(TopicListCommand.Verb))
            group.Add(new TopicListCommand());
        if (wanted(TopicCheckCommand.Verb))
            group.Add(new TopicCheckCommand());
        if (wanted(TopicArtifactCommand.Verb))
            group.Add(new TopicArtifactCommand());
        return group;
    }
}
