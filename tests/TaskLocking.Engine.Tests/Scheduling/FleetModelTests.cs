using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using TaskLocking.StoreContract;
using Xunit;

namespace TaskLocking.Tests.Scheduling;

/// <summary>
/// Random verbs by random agents, with processes that die and a clock that steps forward and back, against a model that looks at
/// everything each time. A failure prints the shortest sequence found and the seed, which <c>WithReplay</c> takes;
/// <c>TASKLOCKING_RUNS</c> sets how many sequences, 10,000 for the full proof.
/// </summary>
public sealed class FleetModelTests
{
    private static readonly string[] Ids = ["T1", "T2", "T3", "T4", "T5", "T6"];

    [Fact]
    public void A_fleet_answers_and_ends_as_the_model_says()
    {
        var runs = int.Parse(Environment.GetEnvironmentVariable("TASKLOCKING_RUNS") ?? "2000", CultureInfo.InvariantCulture);
        var seen = new HashSet<string>();
        Prop.ForAll(Arb.Array(Arb.From(Acts())),
            acts => Agrees(acts, seen)).Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithStartSize(40).WithEndSize(120));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", seen.Order()));
        // A thousand runs that never came to these would prove little.
        Assert.Superset(Telling.ToHashSet(), seen);
    }

    private static readonly string[] Telling =
    [
        "complete Changed", "complete LeaseLost", "complete NotOwner", "complete NotPermitted", "complete StatusConflict",
            "define DependencyCycle",
        "depend DependencyCycle", "fail Changed", "fail LeaseLost", "lock FileLocked", "next T1", "next nothing", "renew Changed",
            "restart Changed",
        "restart DependencyFailed", "start Changed", "start DependencyFailed", "start FileLocked", "start NotPermitted",
            "start TaskNotReady",
        "unlock NotOwner", "unregister AgentHasTasks",
    ];

    private static Gen<FleetAct> Acts() =>
        from verb in Gen.Elements(
            "define", "define", "define", "define", "depend", "next", "next", "next", "start", "start", "start", "complete", "complete",
                "complete",
            "fail", "fail", "fail", "restart", "restart", "renew", "depend", "undepend", "remove", "assign", "assign", "unassign", "lock",
                "lock", "unlock", "register", "unregister",
            "maintain", "kill", "clock", "clock", "reopen")
        from id in Gen.Elements(Ids)
        from others in Gen.SubListOf(Ids).Resize(3)
        from agent in Gen.Elements("a", "b", "c")
        from number in Gen.Choose(0, 119)
        from flags in Gen.Choose(0, 15)
        select new FleetAct(verb, id, [.. others.Take(flags % 3)], agent, number, flags);

    private static Property Agrees(FleetAct[] acts, HashSet<string> seen)
    {
        var store = new FleetStore();
        var model = new FleetModel();
        // What agents remember of their claims, also of those that ended long ago: the late finisher's token.
        var remembered = new Dictionary<(string Agent, string Id), long>();
        var highest = new Dictionary<string, long>();
        foreach (var act in acts.Select(model.Aim))
        {
            if (act.Verb is "kill" or "clock" or "reopen")
            {
                Outside(act, store, model);
                continue;
            }
            var token = act.Has(4) && remembered.TryGetValue((act.Agent, act.Id), out var known) ? known : (long?)null;
            var expected = model.Run(act, token);
            var found = store.Run(act, token, out var made);
            seen.Add(act.Verb + " " + found);
            if (expected != found)
                return false.Label($"{act}: the model answers '{expected}', the rule '{found}'; before: {model.Before}");
            if (made is { } number && (act.Verb == "next" || expected == "Changed"))
            {
                var id = act.Verb == "next" ? found : act.Id;
                var isNew = model.Learn(id, number);
                if (isNew && highest.TryGetValue(id, out var last) && number <= last)
                    return false.Label($"{act}: token {number} after {last}");
                highest[id] = number;
                remembered[(act.Agent, id)] = number;
            }
            if (model.Show() != FleetModel.Show(store.State))
                return false.Label($"{act}: the model has '{model.Show()}', the state '{FleetModel.Show(store.State)}'; before: " +
                    $"{model.Before}");
            if (model.WrongCause(store.State.Tasks) is { } wrong)
                return false.Label($"{act}: {wrong}");
        }
        return true.ToProperty();
    }

    private static void Outside(FleetAct act, FleetStore store, FleetModel model)
    {
        switch (act.Verb)
        {
            case "kill":
                store.Dead.Add(1 + act.Number % 4);
                break;
            case "clock":
                store.Now += TimeSpan.FromSeconds(act.Has(8) && act.Has(4) ? -act.Number : act.Number);
                break;
            default:
                store.Reopen();
                break;
        }
        model.Now = store.Now;
        model.Dead = store.Dead;
    }
}
