using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Ready;

/// <summary>
/// On random fleets with random clocks a request is answered, and changes the board, as it was before there was an index, by the byte. A
/// failure tells the seed, which <c>TASKLOCKING_SEED</c> takes; <c>TASKLOCKING_RUNS</c> sets how many fleets.
/// </summary>
public sealed class ReadyIndexTests
{
    private const int Steps = 60;

    private static readonly int Runs =
        int.Parse(Environment.GetEnvironmentVariable("TASKLOCKING_RUNS") ?? "60", CultureInfo.InvariantCulture);

    private readonly Dictionary<string, int> _seen = [];

    [Fact]
    public void A_request_is_answered_as_by_a_look_at_everything()
    {
        Run((fleet, _) =>
        {
            var request = fleet.Request();
            var expected = Ask(fleet.Draft(), new FormerRequestRule(request, fleet, StringComparison.Ordinal, fleet));
            var draft = fleet.Draft();
            var found = Ask(draft, new RequestRule(request, fleet, StringComparison.Ordinal, fleet));
            Assert.Equal(expected, found);
            See(found, draft);
            fleet.Apply(draft);
            Counts(fleet.State);
        });
        // Thousands that never came to these would prove little.
        Assert.Superset(new HashSet<string> { "claimed", "nothing", "refused", "ended", "held", "overlap", "full", "vain" },
            _seen.Keys.ToHashSet());
    }

    [Fact]
    public void A_decision_that_holds_on_a_later_state_is_what_would_be_decided_there()
    {
        Run((fleet, random) =>
        {
            var request = fleet.Request() with { Count = random.Next(4) == 0 ? 2 : 1 };
            fleet.Maintain(); // Else something is due nearly always, and then a decision rests on everything.
            var draft = fleet.Draft();
            var rule = new RequestRule(request, fleet, StringComparison.Ordinal, fleet);
            var found = Ask(draft, rule);
            if (found[0] == '!')
                return;
            for (var commits = random.Next(1, 4); commits > 0; commits--)
                fleet.Commit();
            if (!new Attempt<string>(found, draft).HoldsOn(fleet.State))
            {
                Count("decided anew");
                return;
            }
            Count("held on " + (draft.Changes.Changes.Count > 0));
            var again = fleet.Draft(draft.Now, draft.Version);
            var expected = Ask(again, new RequestRule(request, fleet, StringComparison.Ordinal, fleet));
            Assert.Equal(expected, found);
            Assert.Equal(Encoding.UTF8.GetString(again.Operations()), Encoding.UTF8.GetString(draft.Operations()));
        });
        Assert.True(_seen["held on True"] > _seen["decided anew"] / 20, string.Join(", ", _seen));
    }

    [Fact]
    public void Several_at_once_are_what_one_after_the_other_would_get()
    {
        Run((fleet, random) =>
        {
            var request = fleet.Request();
            if (request.Holder.Host is "here" or "old")
                return; // A process that is gone would lose the first task to the second request.
            var most = random.Next(1, 5);
            var (former, draft) = (fleet.Draft(), fleet.Draft());
            var expected = new List<string>();
            var start = random.Next(2) == 0;
            var all = Try(() => new RequestRule(request with { Count = most, Start = start }, fleet, StringComparison.Ordinal, fleet)
                .Decide(draft));
            draft.Release();
            for (var i = 0; i < most; i++)
            {
                var one = Try(() => new FormerRequestRule(request, fleet, StringComparison.Ordinal, fleet).Decide(former));
                Assert.Equal(one is null, all is null && i == 0);
                if (one?.Task is not { } task)
                    break;
                expected.Add(task.Id);
                if (start)
                    Assert.Null(new StartRule([new StartRequest(task.Id, request.Holder) { Token = task.Claim!.Token }], fleet,
                        StringComparison.Ordinal).Decide(former)[0].Refusal);
            }
            former.Release();
            Assert.Equal(expected, all?.Claimed.Select(outcome => outcome.Id) ?? []);
            Assert.Equal(expected.Select(id => Show(former.Find(id)!)), expected.Select(id => Show(draft.Find(id)!)));
            Count("got " + expected.Count);
            fleet.Apply(draft);
        });
        Assert.Superset(new HashSet<string> { "got 0", "got 1", "got 2" }, _seen.Keys.ToHashSet());
    }

    [Fact]
    public void A_nightly_run_gives_what_a_look_at_everything_would_give()
    {
        Run((fleet, random) =>
        {
            var request = new AssignmentRunRequest
            {
                Swarm = random.Next(4) == 0 ? "s" : null,
                MaxPerAgent = random.Next(1, 6),
                MaxParallel = random.Next(1, 30),
            };
            var passedOver = new Dictionary<string, string>();
            if (random.Next(3) == 0)
                passedOver["T" + random.Next(1, 15)] = "held";
            var (former, draft) = (fleet.Draft(), fleet.Draft());
            for (var left = random.Next(1, 4); left > 0; left--)
            {
                var expected = new FormerPlaceTaskRule(request, passedOver, fleet, StringComparison.Ordinal).Decide(former);
                former.Release(); // The graph is one of both.
                var found = new PlaceTaskRule(request, passedOver, fleet, StringComparison.Ordinal).Decide(draft);
                draft.Release();
                Assert.Equal(expected.Assigned, found.Assigned);
                Assert.Equal(expected.Skipped, found.Skipped);
                Count(found.Assigned is null ? "skipped" : "given");
                if (found.Assigned is null)
                    break;
            }
            Assert.Equal(Encoding.UTF8.GetString(former.Operations()), Encoding.UTF8.GetString(draft.Operations()));
            fleet.Apply(draft);
        });
        Assert.Superset(new HashSet<string> { "given", "skipped" }, _seen.Keys.ToHashSet());
    }

    private static void Counts(BoardState state)
    {
        var graph = state.Graph;
        foreach (var profile in new[] { "a", "b", "A" }.SelectMany(
            name => new[] { new AgentProfile(name), new AgentProfile(name, "human") }))
        {
            var worker = Worker.Named(profile.Name, profile.Type == "human");
            Assert.Equal(graph.ActiveTasksOf(worker), graph.Ready.LoadOf(worker));
            Assert.Equal(state.Tasks.Count(task => AgentLoad.Counts(task, profile)), graph.Ready.OnHandsOf(worker));
            Assert.Equal(graph.FindActiveLike(profile.Name) is null, graph.Ready.FindActiveLike(profile.Name) is null);
        }
    }

    private static string Show(AgentTask task) =>
        $"{task.Id} {task.Status} {task.Attempt} {task.StartedAt:O} {task.Claim} {task.Claim?.Expires:O} {task.Assignee}";

    private static void Run(Action<RandomFleet, Random> step)
    {
        var only = Environment.GetEnvironmentVariable("TASKLOCKING_SEED");
        var first = only is null ? Random.Shared.Next() : int.Parse(only, CultureInfo.InvariantCulture);
        for (var run = 0; run < (only is null ? Runs : 1); run++)
        {
            var random = new Random(first + run);
            var fleet = new RandomFleet(random);
            try
            {
                for (var number = 0; number < Steps; number++)
                {
                    for (var changes = random.Next(5); changes > 0; changes--)
                        fleet.Happen();
                    step(fleet, random);
                }
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"TASKLOCKING_SEED={first + run}", exception);
            }
        }
    }

    private static TaskRequestAnswer? Try(Func<TaskRequestAnswer> ask)
    {
        try
        {
            return ask();
        }
        catch (TaskLockingException)
        {
            return null;
        }
    }

    private static string Ask(TaskDraft draft, ITaskRule<TaskRequestAnswer> rule)
    {
        try
        {
            var answer = rule.Decide(draft);
            return string.Join("\n",
                [answer.Task?.Id ?? "-", answer.Nothing, answer.InVain, .. answer.Overlaps.Select(overlap => overlap.ToString()),
                .. draft.Ended.Select(item => item.ToString()), Encoding.UTF8.GetString(draft.Operations())]);
        }
        catch (TaskLockingException refused)
        {
            return "!" + refused.Message;
        }
        finally
        {
            draft.Release();
        }
    }

    private void See(string answer, TaskDraft draft)
    {
        Count(answer[0] switch
        {
            '!' => "refused",
            '-' => "nothing",
            _ => "claimed",
        });
        foreach (var (word, means) in new[] { ("is ready, and", "held"), ("FileConflict", "overlap"), ("at once", "full"),
            ("will not come", "vain") })
        {
            if (answer.Contains(word, StringComparison.Ordinal))
                Count(means);
        }
        if (draft.Ended.Count > 0)
            Count("ended");
    }

    private void Count(string what) => _seen[what] = _seen.GetValueOrDefault(what) + 1;
}
