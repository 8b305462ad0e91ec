using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace TaskLocking.Tests.Server;

/// <summary>Boards as fleets leave them, made by the verbs.</summary>
internal static class Scenes
{
    private static readonly string[] Work =
        ["Parse the feed", "Write the report", "Check the totals", "Render the charts", "Load the archive", "Compare with last week"];

    private static readonly string[] Swarms = ["nightly", "release-4", "docs"];

    /// <summary>Two hundred tasks in three swarms, twelve agents, all at work.</summary>
    public static void Busy(TaskBoard board)
    {
        var random = new Random(4);
        board.RegisterAgents([.. Enumerable.Range(1, 12).Select(number => new AgentProfile($"builder-{number}", "agent",
            number % 3 == 0 ? "host-b" : "host-a", number % 2 == 0 ? ["dotnet"] : ["python", "docs"], 3 + number % 4))]);
        board.Define([.. Enumerable.Range(1, 200).Select(number => new TaskDefinition($"T-{number}")
        {
            Name = $"{Work[number % Work.Length]}, part {number}",
            Swarm = Swarms[number % 7 % 3],
            Priority = (TaskPriority)(number * 7 % 11 % 4),
            Tags = number % 5 == 0 ? ["feed", "slow"] : [],
            Dependencies = number < 30 ? []
                : [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => $"T-{random.Next(1, number)}").Distinct()],
            MaxAttempt = 3,
            Files = number % 9 == 0 ? [$"src/part{number}/**/*.cs"] : [],
        })]);
        for (var round = 0; round < 5; round++)
        {
            foreach (var claim in Claim(board, 12))
                board.Complete([new CompleteRequest(claim.Id, claim.Claim!.Agent) { Token = claim.Claim.Token }]);
        }
        Claim(board, 11);
        board.LockFiles(new FileLeaseRequest(new LeaseHolder("builder-2"), ["docs/plan.md", "src/shared/*.cs"]));
        board.Assign(new AssignmentRequest(["T-150", "T-151"], "human", "eva"));
        board.RunAssignment(new AssignmentRunRequest { MaxParallel = 20 }, new CommitOptions { By = "cron@host-a" });
        board.PauseSwarms(["docs"], "the printer is out of paper");
    }

    /// <summary>Something of everything, and so little of it that all panels are in one picture: that of the README.</summary>
    public static void Shown(TaskBoard board)
    {
        Broken(board);
        board.RegisterAgents([.. Enumerable.Range(3, 3).Select(number => new AgentProfile($"builder-{number}", "agent",
            number % 2 == 0 ? "host-b" : "host-a", number % 2 == 0 ? ["dotnet"] : ["python", "docs"], number))]);
        board.Define([.. Enumerable.Range(1, 18).Select(number => new TaskDefinition($"T-{number}")
        {
            Name = $"{Work[number % Work.Length]}, part {number}",
            Swarm = number < 13 ? "nightly" : "docs",
            Priority = number % 5 == 0 ? TaskPriority.High : TaskPriority.Medium,
            Dependencies = number < 7 ? [] : [$"T-{number - 6}"],
            MaxAttempt = 3,
        })]);
        board.RunAssignment(new AssignmentRunRequest { MaxPerAgent = 2, MaxParallel = 20 }, new CommitOptions { By = "cron@host-a" });
        foreach (var claim in Claim(board, 5).Where(task => task.Status == AgentTaskStatus.InProgress))
            board.Complete([new CompleteRequest(claim.Id, claim.Claim!.Agent) { Token = claim.Claim.Token }]);
        Claim(board, 5);
        board.LockFiles(new FileLeaseRequest(new LeaseHolder("builder-4"), ["docs/plan.md", "src/shared/*.cs"]));
        board.PauseSwarms(["docs"], "the printer is out of paper");
    }

    /// <summary>What goes wrong: holders that are gone, failures and what they block, circles of waiting, nobody who may.</summary>
    public static void Broken(TaskBoard board)
    {
        board.RegisterAgents([new AgentProfile("builder-1"), new AgentProfile("builder-2")]);
        board.Define(
        [
            new TaskDefinition("fetch") { Name = "Fetch what the vendor sends", Swarm = "import", MaxAttempt = 1 },
            new TaskDefinition("parse") { Name = "Parse it", Swarm = "import", Dependencies = ["fetch"] },
            new TaskDefinition("load") { Name = "Load it into the warehouse", Swarm = "import", Dependencies = ["parse"] },
            new TaskDefinition("report") { Name = "Write the report", Swarm = "import", Dependencies = ["load", "sign"] },
            new TaskDefinition("sign")
            {
                Name = "Sign the numbers",
                Swarm = "import",
                AllowedAgents = ["auditor"],
                Priority = TaskPriority.Critical,
            },
            new TaskDefinition("gone-1") { Name = "Left behind by a process that was killed", Swarm = "import" },
            new TaskDefinition("gone-2") { Name = "Left behind, too", Swarm = "import" },
            new TaskDefinition("alive") { Name = "Somebody is at it", Swarm = "import", Files = ["src/types.ts"] },
            new TaskDefinition("lost") { Name = "Waits for what nobody defined", Swarm = "import", Dependencies = ["nowhere"] },
            new TaskDefinition("check") { Name = "A person has to look at it", Swarm = "import", NeedsReview = true },
        ]);
        foreach (var (id, agent) in new[] { ("fetch", "builder-1"), ("check", "builder-2"), ("alive", "builder-2"), ("gone-1", "builder-1"),
            ("gone-2", "builder-1") })
            board.Assign(new AssignmentRequest([id], "agent", agent));
        var fetch = board.Start([new StartRequest("fetch", Living("builder-1"))]).Single().Task!;
        board.Fail([new FailRequest("fetch", "builder-1", "the vendor's server says 503 since midnight") { Token = fetch.Claim!.Token }]);
        var check = board.Start([new StartRequest("check", Living("builder-2"))]).Single().Task!;
        board.Complete([new CompleteRequest("check", "builder-2") { Token = check.Claim!.Token }]);
        board.Start([new StartRequest("alive", Living("builder-2"))]);
        for (var i = 0; i < 3; i++)
            board.Assign(new AssignmentRequest(["alive"], "agent", $"builder-{i + 5}"));
        var dead = Dead();
        board.Start([new StartRequest("gone-1", dead with { }), new StartRequest("gone-2", dead)]);
    }

    /// <summary>Holders that are processes of this host, and live as long as the test does.</summary>
    private static LeaseHolder Living(string agent) => new(agent)
    {
        Host = ProcessLiveness.HostName,
        Pid = Environment.ProcessId,
        ProcessStart = ProcessLiveness.StartOf(Environment.ProcessId),
    };

    private static List<AgentTask> Claim(TaskBoard board, int agents) => Enumerable.Range(1, agents)
        .SelectMany(number => board.Request(new TaskRequest(Living($"builder-{number}")) { Start = number % 4 != 0 }).Claimed)
        .Select(outcome => outcome.Task!).ToList();

    private static LeaseHolder Dead()
    {
        using var process = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        var holder = new LeaseHolder("builder-1")
        {
            Host = ProcessLiveness.HostName,
            Pid = process.Id,
            ProcessStart = ProcessLiveness.StartOf(process.Id),
        };
        process.Kill();
        process.WaitForExit();
        return holder;
    }
}
