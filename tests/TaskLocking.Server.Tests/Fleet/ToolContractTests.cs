using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>
/// What every store promises to those who come at one moment, promised by the tools to eight clients: one winner, nothing lost, nothing
/// half. What the tools say and what the board has are both looked at.
/// </summary>
public abstract class ToolContractTests<TClients>(TClients clients) : IClassFixture<TClients>
    where TClients : ToolClients
{
    private const int Rounds = 8;

    private static readonly int[] Everybody = [.. Enumerable.Range(0, ToolClients.Count)];

    private TaskBoard Board => clients.Folder.Board;

    [Fact]
    public async Task Of_many_definitions_of_one_id_one_wins()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var id = $"define-{round}";
            var answers = await clients.AllCallAsync("task_change",
                client => new { action = "define", tasks = new[] { new { id, name = $"by {client}" } } });
            var winner = Winner(answers, "TaskAlreadyDefined");
            Assert.Equal($"by {winner}", Board.FindTask(id)!.Name);
        }
    }

    [Fact]
    public async Task Of_many_assignments_of_one_task_one_wins_and_all_others_are_told_who()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var id = Define($"assign-{round}");
            var answers = await clients.AllCallAsync("task_assignee",
                client => new { action = "assign", task_id = id, assignee_name = Agent(client) });
            var winner = Agent(Winner(answers, "TaskAlreadyAssigned"));
            Assert.Equal("agent:" + winner, Board.FindTask(id)!.Assignee!.ToString());
            Assert.All(answers.Where(answer => Code(answer) is not null), answer => Assert.Equal(
                (winner, $"Task already assigned to agent:{winner}"),
                ((string?)answer["existing_assignee"]?["name"], (string?)answer["reason"])));
        }
    }

    [Fact]
    public async Task A_batch_that_many_want_goes_to_one_as_a_whole()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var ids = new[] { "a", "b", "c", "d" }.Select(each => Define($"batch-{round}-{each}")).ToArray();
            // Each begins elsewhere: who took them one by one would have a part.
            var answers = await clients.AllCallAsync("task_assignee", client => new
            {
                action = "bulk_assign",
                task_ids = ids.Skip(client % 4).Concat(ids.Take(client % 4)),
                assignee_name = Agent(client),
            });
            var winner = Winner(answers, "TaskAlreadyAssigned");
            var tasks = ids.Select(id => Board.FindTask(id)!).ToList();
            Assert.All(tasks, task => Assert.Equal("agent:" + Agent(winner), task.Assignee!.ToString()));
            Assert.Single(tasks.Select(task => task.Version).Distinct());
        }
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_each_gets_another_task()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var swarm = $"ask-{round}";
            Board.Define([.. Everybody.Select(number => new TaskDefinition($"{swarm}-{number}") { Swarm = swarm })]);
            var answers = await clients.AllCallAsync("claim", client => new { action = "next", agent = Agent(client), swarm });
            var claimed = answers.Select(answer => Assert.Single(answer["tasks"]!.AsArray())!).ToList();
            Assert.Equal(ToolClients.Count, claimed.Select(task => (string?)task["id"]).Distinct().Count());
            Assert.Equal(ToolClients.Count, claimed.Select(task => (long)task["claim"]!["token"]!).Distinct().Count());
            foreach (var client in Everybody)
                Assert.Equal(Agent(client), Board.FindTask((string)claimed[client]["id"]!)!.Claim!.Agent);
        }
    }

    [Fact]
    public async Task Of_many_starts_of_one_claim_one_counts()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (id, token) = await ClaimAsync($"start-{round}");
            var answers = await clients.AllCallAsync("claim", _ => new { action = "start", agent = Agent(0), task_id = id, token });
            Assert.All(answers, answer => Assert.Null(Code(answer)));
            Assert.Equal((1, token), (Board.FindTask(id)!.Attempt, Board.FindTask(id)!.Claim!.Token));
        }
    }

    [Fact]
    public async Task Of_many_who_complete_one_claim_one_does_and_the_rest_come_too_late()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (id, token) = await ClaimAsync($"complete-{round}", start: true);
            var answers = await clients.AllCallAsync("claim", _ => new { action = "complete", agent = Agent(0), task_id = id, token });
            _ = Winner(answers, "LeaseLost");
            Assert.Equal(AgentTaskStatus.Done, Board.FindTask(id)!.Status);
            Assert.Single(Board.GetHistory(id), entry => entry is { Field: "status", NewValue: "Done" });
        }
    }

    [Fact]
    public async Task Who_comes_late_is_refused_under_every_verb_and_told_who_has_the_task_now()
    {
        var (id, late) = await ClaimAsync("late");
        Assert.Null(Code(await clients.CallAsync(0, "claim", new { action = "release", agent = Agent(0), task_id = id, token = late })));
        var answer = await clients.CallAsync(1, "claim", new { action = "next", agent = Agent(1), swarm = "late", start = true });
        var now = (long)answer["tasks"]![0]!["claim"]!["token"]!;
        Assert.True(now > late, $"{now} after {late}");
        foreach (var action in new[] { "start", "complete", "fail", "renew", "release" })
        {
            var reason = action == "fail" ? "broken" : null;
            foreach (var name in new[] { Agent(0), Agent(1) })
            {
                var refused = await clients.CallAsync(0, "claim", new { action, agent = name, task_id = id, token = late, reason });
                Assert.Equal(("LeaseLost", Agent(1)), (Code(refused), (string?)refused["refusal"]!["agent"]));
            }
        }
        Assert.Equal((now, AgentTaskStatus.InProgress), (Board.FindTask(id)!.Claim!.Token, Board.FindTask(id)!.Status));
    }

    [Fact]
    public async Task No_change_of_one_task_is_lost_and_its_history_is_linear()
    {
        var id = Define("linear");
        await Task.WhenAll(Everybody.Select(client => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                Assert.Null(Code(await clients.CallAsync(client, "task_change",
                    new { action = "edit", tasks = new[] { new { id, content = $"{client}-{round}" } } })));
            }
        })));
        var entries = Board.GetHistory(id).Where(entry => entry.Field == "content").ToList();
        Assert.Equal(Everybody.SelectMany(client => Enumerable.Range(0, Rounds).Select(round => $"{client}-{round}")).Order(),
            entries.Select(entry => entry.NewValue!.ToString()).Order());
        // What one found is what the one before had left.
        Assert.Equal(entries.SkipLast(1).Select(entry => entry.NewValue), entries.Skip(1).Select(entry => entry.OldValue));
        Assert.Equal(Board.FindTask(id)!.Content, entries[^1].NewValue!.ToString());
        foreach (var client in Everybody)
        {
            Assert.Equal(Enumerable.Range(0, Rounds).Select(round => $"{client}-{round}"), entries
                .Select(entry => entry.NewValue!.ToString()!).Where(value => value.StartsWith($"{client}-", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Of_many_with_the_same_version_one_wins_each_round()
    {
        var id = Define("version");
        for (var round = 0; round < Rounds; round++)
        {
            var version = Board.FindTask(id)!.Version;
            var answers = await clients.AllCallAsync("task_change", client => new
            {
                action = "edit",
                tasks = new[] { new { id, content = $"{round} by {client}", if_version = version } },
            });
            Assert.Equal($"{round} by {Winner(answers, "VersionChanged")}", Board.FindTask(id)!.Content);
        }
    }

    [Fact]
    public async Task Readers_never_see_half_of_a_batch_nor_an_older_state_after_a_newer_one()
    {
        const string swarm = "half";
        Board.Define([.. new[] { "half-1", "half-2" }.Select(id => new TaskDefinition(id) { Name = "before", Swarm = swarm })]);
        var (isDone, seen) = (false, new HashSet<string>());
        await Task.WhenAll(Everybody.Select(client => Task.Run(() => client == 0 ? WriteAsync() : ReadAsync(client))));
        Assert.True(seen.Count >= 3, $"only {string.Join(", ", seen)}");

        async Task WriteAsync()
        {
            for (var round = 0; round < 30; round++)
            {
                await clients.CallAsync(0, "task_change", new
                {
                    action = "edit",
                    tasks = new[] { new { id = "half-1", name = $"round {round}" }, new { id = "half-2", name = $"round {round}" } },
                });
            }
            Done(true);
        }

        async Task ReadAsync(int client)
        {
            bool isLast;
            var version = 0L;
            string name;
            do
            {
                isLast = Done(null);
                var answer = await clients.CallAsync(client, "task_query", new { action = "find", swarm });
                var names = answer["tasks"]!.AsArray().Select(task => (string)task!["name"]!).ToList();
                Assert.Equal(2, names.Count);
                Assert.Equal(names[0], names[1]);
                Assert.True((long)answer["version"]! >= version, "an older state after a newer one");
                (version, name) = ((long)answer["version"]!, names[0]);
                lock (seen)
                    seen.Add(name);
            }
            while (!isLast);
            Assert.Equal("round 29", name);
        }

        bool Done(bool? value)
        {
            lock (seen)
                return isDone = value ?? isDone;
        }
    }

    [Fact]
    public async Task Of_many_who_want_overlapping_files_none_has_a_part_and_no_file_has_two()
    {
        for (var round = 0; round < Rounds; round++)
        {
            // Neighbours in a ring want one file in common.
            string[] Wanted(int client) => [$"ring/f{client}", $"ring/f{(client + 1) % ToolClients.Count}"];
            var answers = await clients.AllCallAsync("file_lease",
                client => new { action = "lock", agent = Agent(client), paths = Wanted(client) });
            var won = Everybody.Where(client => Code(answers[client]) is null).ToList();
            Assert.InRange(won.Count, 1, ToolClients.Count / 2);
            Assert.All(answers, answer => Assert.Contains(Code(answer), new[] { null, "FileLocked" }));
            Assert.Equal(won.SelectMany(client => Wanted(client).Select(path => $"{path}:{Agent(client)}")).Order(),
                Board.GetFileLeases().Where(lease => lease.Path.StartsWith("ring/", StringComparison.Ordinal))
                    .Select(lease => $"{lease.Path}:{lease.Agent}").Order());
            await clients.AllCallAsync("file_lease", client => new { action = "unlock", agent = Agent(client), paths = Wanted(client) });
        }
    }

    [Fact]
    public async Task Of_many_who_send_the_same_request_one_is_served_and_all_are_answered_alike()
    {
        const string swarm = "once";
        Board.Define([.. Everybody.Select(number => new TaskDefinition($"once-{number}") { Swarm = swarm })]);
        var answers = await clients.AllCallAsync("claim",
            _ => new { action = "next", agent = Agent(0), swarm, request_id = "the-same" });
        Assert.All(answers, answer => Assert.Null(Code(answer)));
        Assert.Single(answers.Select(answer => (long)answer["tasks"]![0]!["claim"]!["token"]!).Distinct());
        Assert.Single(answers, answer => (bool?)answer["replayed"] != true);
        Assert.Single(Board.GetTasks(new TaskQuery { Swarm = swarm }), task => task.Claim is not null);
    }

    [Fact]
    public async Task Of_dependencies_that_would_close_a_circle_the_last_is_refused()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var ids = Everybody.Select(client => Define($"circle-{round}-{client}")).ToArray();
            var answers = await clients.AllCallAsync("task_change", client => new
            {
                action = "add_dependencies",
                task_id = ids[client],
                depends_on = new[] { ids[(client + 1) % ids.Length] },
            });
            Assert.Equal("DependencyCycle", Assert.Single(answers.Select(Code), code => code is not null));
            Assert.Equal(ToolClients.Count - 1, ids.Sum(id => Board.FindTask(id)!.Dependencies.Count));
        }
    }

    [Fact]
    public async Task Those_who_complete_the_children_of_one_parent_at_one_moment_close_it_once()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var parent = Define($"parent-{round}");
            Board.Define([.. Everybody.Select(number => new TaskDefinition($"{parent}-{number}") { Parent = parent, Swarm = parent })]);
            var tokens = (await clients.AllCallAsync("claim",
                client => new { action = "next", agent = Agent(client), swarm = parent, start = true }))
                .Select(answer => answer["tasks"]![0]!).ToList();
            var answers = await clients.AllCallAsync("claim", client => new
            {
                action = "complete",
                agent = Agent(client),
                task_id = (string)tokens[client]["id"]!,
                token = (long)tokens[client]["claim"]!["token"]!,
            });
            Assert.All(answers, answer => Assert.Null(Code(answer)));
            Assert.Equal(AgentTaskStatus.Done, Board.FindTask(parent)!.Status);
            Assert.Single(Board.GetHistory(parent), entry => entry is { Field: "status", NewValue: "Done" });
        }
    }

    [Fact]
    public async Task Those_who_archive_at_once_archive_each_once()
    {
        const string swarm = "archive";
        var ids = Enumerable.Range(0, 40).Select(number => $"archive-{number}").ToArray();
        Board.Define([.. ids.Select(id => new TaskDefinition(id) { Swarm = swarm })]);
        Board.Edit([.. ids.Select(id => new TaskEdit(id) { Status = AgentTaskStatus.Done })]);
        var answers = await clients.AllCallAsync("task_change", _ => new { action = "archive", older = "0", swarm });
        Assert.Equal(ids.Order(), answers.SelectMany(answer => answer["report"]!["archived"]!.AsArray())
            .Select(id => (string)id!).Order());
        Assert.Equal(ids.Order(), Board.GetArchivedTasks(new TaskQuery { Swarm = swarm }).Select(task => task.Id).Order());
        Assert.Empty(Board.GetTasks(new TaskQuery { Swarm = swarm }));
    }

    [Fact]
    public async Task Nightly_runs_at_once_give_each_task_to_one_and_nobody_too_many()
    {
        const string swarm = "night";
        Board.RegisterAgents([new AgentProfile("owl-1", MaxTasks: 3), new AgentProfile("owl-2", MaxTasks: 3)]);
        Board.Define([.. Enumerable.Range(0, 10).Select(number => new TaskDefinition($"night-{number}") { Swarm = swarm })]);
        var answers = await clients.AllCallAsync("task_assignee", _ => new { action = "auto_assign", swarm });
        Assert.All(answers, answer => Assert.Null(Code(answer)));
        Assert.Equal([("agent:owl-1", 3), ("agent:owl-2", 3)], Board.GetTasks(new TaskQuery { Swarm = swarm })
            .Where(task => task.Assignee is not null).GroupBy(task => task.Assignee!.ToString())
            .Select(group => (group.Key, group.Count())).Order());
        Board.UnregisterAgents([new AgentRemoval("owl-1", Force: true), new AgentRemoval("owl-2", Force: true)]);
    }

    [Fact]
    public async Task A_task_that_is_not_there_is_refused_by_every_verb()
    {
        foreach (var (tool, arguments) in new (string, object)[]
        {
            ("task_query", new { action = "get", task_id = "absent" }), ("task_query", new { action = "why", task_id = "absent" }),
            ("task_query", new { action = "history", task_id = "absent" }),
            ("task_change", new { action = "edit", tasks = new[] { new { id = "absent", name = "x" } } }),
            ("task_change", new { action = "remove", task_id = "absent", confirm = "absent" }),
            ("task_change", new { action = "add_dependencies", task_id = "absent", depends_on = new[] { "other" } }),
            ("task_change", new { action = "remove_dependencies", task_id = "absent", depends_on = new[] { "other" } }),
            ("task_assignee", new { action = "assign", task_id = "absent", assignee_name = "a" }),
            ("task_assignee", new { action = "unassign", task_id = "absent", assignee_name = "a" }),
            ("claim", new { action = "start", agent = "a", task_id = "absent" }),
            ("claim", new { action = "complete", agent = "a", task_id = "absent", token = 1 }),
            ("claim", new { action = "fail", agent = "a", task_id = "absent", token = 1, reason = "x" }),
            ("claim", new { action = "renew", agent = "a", task_id = "absent", token = 1 }),
            ("claim", new { action = "release", agent = "a", task_id = "absent", token = 1 }),
            ("claim", new { action = "reject", agent = "a", task_id = "absent", reason = "x" }),
            ("claim", new { action = "retry", agent = "a", task_id = "absent" }),
        })
        {
            var answers = await clients.AllCallAsync(tool, _ => arguments);
            Assert.All(answers, answer => Assert.Equal("TaskNotFound", Code(answer)));
        }
    }

    private static string Agent(int client) => $"n{client}";

    private static string? Code(JsonNode answer) => (string?)answer["refusal"]?["code"];

    // The one client that was not refused; the others all were, with that code.
    private static int Winner(JsonNode[] answers, string code)
    {
        Assert.All(answers, answer => Assert.Contains(Code(answer), new[] { null, code }));
        return Assert.Single(Everybody, client => Code(answers[client]) is null);
    }

    private string Define(string id)
    {
        Assert.Null(Board.Define([new TaskDefinition(id)])[0].Refusal);
        return id;
    }

    // A task that the first client has, and the token of that.
    private async Task<(string Id, long Token)> ClaimAsync(string id, bool start = false)
    {
        Board.Define([new TaskDefinition(id) { Swarm = id }]);
        var answer = await clients.CallAsync(0, "claim", new { action = "next", agent = Agent(0), swarm = id, start });
        return (id, (long)answer["tasks"]![0]!["claim"]!["token"]!);
    }
}
