using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.Linq;
using TaskLocking.Cli.Commands;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Wire;

namespace TaskLocking.Cli;

/// <summary>The grammar. A run needs one command of many, so only those that the arguments may mean are made.</summary>
internal static class CommandTree
{
    private const string Description = """
        Locks, tasks, claims and topic numbers for fleets of agents and scripts. The store is the folder '.todo2' of the workspace;
        nothing runs in between.

        Exit codes: 0 done, 1 unexpected fault, 2 wrong arguments, 3 already defined, assigned or held, 4 not found, 5 lock timeout,
        6 not possible now, 7 not yours or not permitted, 8 changed meanwhile or claim lost, 9 store is damaged,
        10 store or locking cannot be used, 11 unsure whether it lasts, 12 the stress protocol saw a promise broken, 13 nobody took the
        answer and what it told of was undone, 130 cancelled. The code tells what became of the store: an answer that cannot be printed
        changes none but 13.
        """;

    private static readonly string[] HelpWords = ["--help", "-h", "-?", "/h", "/?"];

    /// <summary>The commands that these arguments may mean.</summary>
    public static RootCommand For(string[] args) =>
        args.Any(arg => HelpWords.Contains(arg, StringComparer.Ordinal)) ? Whole() : Build(name => Array.IndexOf(args, name) >= 0);

    /// <summary>Every command.</summary>
    public static RootCommand Whole() => Build(_ => true);

    private static RootCommand Build(Func<string, bool> wanted)
    {
        var root = new RootCommand(Description) { GlobalOptions.Workspace, GlobalOptions.Json, GlobalOptions.Timeout,
            GlobalOptions.Verbose };
        if (wanted("task"))
            root.Add(TaskGroup(wanted));
        if (wanted(AssignCommand.Verb))
            root.Add(new AssignCommand());
        if (wanted(UnassignCommand.Verb))
            root.Add(new UnassignCommand());
        if (wanted(AssignmentsCommand.Verb))
            root.Add(new AssignmentsCommand());
        AddLife(root, wanted);
        if (wanted(LockCommand.Verb))
            root.Add(new LockCommand());
        if (wanted("resource"))
            root.Add(ResourceGroup(wanted));
        if (wanted("file"))
            root.Add(FileGroup(wanted));
        if (wanted(ProgressCommand.Verb))
            root.Add(new ProgressCommand());
        if (wanted(StatusCommand.Verb))
            root.Add(new StatusCommand());
        if (wanted(EventsCommand.Verb))
            root.Add(new EventsCommand());
        if (wanted("hooks"))
            root.Add(HooksGroup(wanted));
        if (wanted("swarm"))
            root.Add(SwarmGroup(wanted));
        if (wanted("graph"))
            root.Add(GraphGroup(wanted));
        if (wanted("agent"))
            root.Add(AgentGroup(wanted));
        if (wanted(NightlyCommand.Verb))
            root.Add(new NightlyCommand());
        if (wanted("topic"))
            root.Add(TopicGroup(wanted));
        if (wanted(CheckCommand.Verb))
            root.Add(new CheckCommand());
        if (wanted(SyncCommand.Verb))
            root.Add(new SyncCommand());
        if (wanted(MergeDriverCommand.Verb))
            root.Add(new MergeDriverCommand());
        if (wanted(MetricsCommand.Verb))
            root.Add(new MetricsCommand());
        if (wanted(TrustCommand.Verb))
            root.Add(new TrustCommand());
        if (wanted("store"))
            root.Add(StoreGroup(wanted));
        if (wanted(StressCommand.Verb))
            root.Add(new StressCommand());
        if (wanted(ServeCommand.Verb))
            root.Add(new ServeCommand());
        if (wanted(RelayCommand.Verb))
            root.Add(new RelayCommand());
        if (wanted(McpCommand.Verb))
            root.Add(new McpCommand());
        if (wanted("token"))
            root.Add(TokenGroup(wanted));
        if (wanted(PrimeCommand.Verb))
            root.Add(new PrimeCommand());
        if (wanted(SetupCommand.Verb))
            root.Add(new SetupCommand());
        if (wanted(CompletionCommand.Verb))
            root.Add(new CompletionCommand());
        if (wanted(HelpCommand.Verb))
            root.Add(new HelpCommand());
        var help = root.Options.OfType<HelpOption>().First();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    private static Command TaskGroup(Func<string, bool> wanted)
    {
        var group = new Command("task",
            "Define, read, find, change, remove, archive, import and export tasks, leave notes, read their history, tell why one waits, "
                + "wait for one, send work back.");
        if (wanted(TaskNewCommand.Verb))
            group.Add(new TaskNewCommand());
        if (wanted(TaskGetCommand.Verb))
            group.Add(new TaskGetCommand());
        if (wanted(TaskSetCommand.Verb))
            group.Add(new TaskSetCommand());
        if (wanted(TaskRemoveCommand.Verb))
            group.Add(new TaskRemoveCommand());
        if (wanted(TaskArchiveCommand.Verb))
            group.Add(new TaskArchiveCommand());
        if (wanted(TaskRestoreCommand.Verb))
            group.Add(new TaskRestoreCommand());
        if (wanted(TaskHistoryCommand.Verb))
            group.Add(new TaskHistoryCommand());
        if (wanted(TaskTestCommand.Verb))
            group.Add(new TaskTestCommand());
        if (wanted(TaskRejectCommand.Verb))
            group.Add(new TaskRejectCommand());
        if (wanted(TaskNoteCommand.Verb))
            group.Add(new TaskNoteCommand());
        if (wanted(TaskImportCommand.Verb))
            group.Add(new TaskImportCommand());
        if (wanted(TaskExportCommand.Verb))
            group.Add(new TaskExportCommand());
        if (wanted(TaskFindCommand.Verb))
            group.Add(new TaskFindCommand());
        if (wanted(TaskWaitCommand.Verb))
            group.Add(new TaskWaitCommand());
        return group;
    }

    private static void AddLife(RootCommand root, Func<string, bool> wanted)
    {
        if (wanted(NextCommand.Verb))
            root.Add(new NextCommand());
        if (wanted(StartCommand.Verb))
            root.Add(new StartCommand());
        if (wanted(CompleteCommand.Verb))
            root.Add(new CompleteCommand());
        if (wanted(FailCommand.Verb))
            root.Add(new FailCommand());
        if (wanted(RetryCommand.Verb))
            root.Add(new RetryCommand());
        if (wanted(RenewCommand.Verb))
            root.Add(new RenewCommand());
        if (wanted(WorkCommand.Verb))
            root.Add(new WorkCommand());
    }

    private static Command ResourceGroup(Func<string, bool> wanted)
    {
        var group = new Command("resource", "List named resources that are held.");
        if (wanted(ResourceListCommand.Verb))
            group.Add(new ResourceListCommand());
        return group;
    }

    private static Command FileGroup(Func<string, bool> wanted)
    {
        var group = new Command("file", "Take, free, list and test leases on files, and mind them in commits.");
        if (wanted(FileLockCommand.Verb))
            group.Add(new FileLockCommand());
        if (wanted(FileUnlockCommand.Verb))
            group.Add(new FileUnlockCommand());
        if (wanted(FileListCommand.Verb))
            group.Add(new FileListCommand());
        if (wanted(FileTestCommand.Verb))
            group.Add(new FileTestCommand());
        if (wanted(FileGuardCommand.Verb))
            group.Add(new FileGuardCommand());
        return group;
    }

    private static Command GraphGroup(Func<string, bool> wanted)
    {
        var group = new Command("graph", "Check, add and remove dependencies between tasks.");
        if (wanted(GraphCheckCommand.Verb))
            group.Add(new GraphCheckCommand());
        if (wanted(GraphAddCommand.Verb))
            group.Add(new GraphAddCommand());
        if (wanted(GraphRemoveCommand.Verb))
            group.Add(new GraphRemoveCommand());
        return group;
    }

    private static Command SwarmGroup(Func<string, bool> wanted)
    {
        var group = new Command("swarm", "Pause, resume, cancel and list swarms.");
        if (wanted(SwarmPauseCommand.Verb))
            group.Add(new SwarmPauseCommand());
        if (wanted(SwarmResumeCommand.Verb))
            group.Add(new SwarmResumeCommand());
        if (wanted(SwarmCancelCommand.Verb))
            group.Add(new SwarmCancelCommand());
        if (wanted(SwarmListCommand.Verb))
            group.Add(new SwarmListCommand());
        return group;
    }

    private static Command HooksGroup(Func<string, bool> wanted)
    {
        var group = new Command("hooks", "List, trust and run scripts for what happens: failures, reviews, stuck tasks, done swarms.");
        if (wanted(HooksListCommand.Verb))
            group.Add(new HooksListCommand());
        if (wanted(HooksTrustCommand.Verb))
            group.Add(new HooksTrustCommand());
        if (wanted(HooksUntrustCommand.Verb))
            group.Add(new HooksUntrustCommand());
        if (wanted(HooksRunCommand.Verb))
            group.Add(new HooksRunCommand());
        return group;
    }

    private static Command AgentGroup(Func<string, bool> wanted)
    {
        var group = new Command("agent", "Register, list and remove agents.");
        if (wanted(AgentAddCommand.Verb))
            group.Add(new AgentAddCommand());
        if (wanted(AgentListCommand.Verb))
            group.Add(new AgentListCommand());
        if (wanted(AgentRemoveCommand.Verb))
            group.Add(new AgentRemoveCommand());
        return group;
    }

    private static Command TokenGroup(Func<string, bool> wanted)
    {
        var group = new Command("token", "Make, list and revoke tokens of the server that have names.");
        if (wanted(TokenAddCommand.Verb))
            group.Add(new TokenAddCommand());
        if (wanted(TokenListCommand.Verb))
            group.Add(new TokenListCommand());
        if (wanted(TokenRevokeCommand.Verb))
            group.Add(new TokenRevokeCommand());
        return group;
    }

    private static Command StoreGroup(Func<string, bool> wanted)
    {
        var group = new Command("store", "Set up boards in PostgreSQL, and move boards there and back.");
        if (wanted(StoreMigrateCommand.Verb))
            group.Add(new StoreMigrateCommand());
        if (wanted(StoreCopyCommand.Verb))
            group.Add(new StoreCopyCommand());
        return group;
    }

    private static Command TopicGroup(Func<string, bool> wanted)
    {
        var group = new Command("topic", "Make, list, audit and mend numbered topic folders and their artifact folders.");
        if (wanted(TopicNewCommand.Verb))
            group.Add(new TopicNewCommand());
        if (wanted(TopicListCommand.Verb))
            group.Add(new TopicListCommand());
        if (wanted(TopicCheckCommand.Verb))
            group.Add(new TopicCheckCommand());
        if (wanted(TopicRenumberCommand.Verb))
            group.Add(new TopicRenumberCommand());
        if (wanted(TopicReleaseCommand.Verb))
            group.Add(new TopicReleaseCommand());
        if (wanted(TopicArtifactCommand.Verb))
            group.Add(new TopicArtifactCommand());
        return group;
    }
}
