using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Board;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>
/// Random verbs by random agents through two processes, with holders that die, a clock that steps, and processes that end and begin again,
/// against a model that looks at everything each time. A failure tells the seed, which <c>TASKLOCKING_SEED</c> takes;
/// <c>TASKLOCKING_RUNS</c> sets how many sequences, 10,000 for the full proof.
/// </summary>
public abstract class FleetContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private const int Runs = 3;
    private const int Acts = 70;

    private static readonly string[] Ids = ["T1", "T2", "T3", "T4", "T5", "T6"];
    private static readonly string[] Agents = ["a", "b", "c"];

    private static readonly string[] Verbs =
    [
        "define", "define", "define", "define", "depend", "next", "next", "next", "start", "start", "start", "complete", "complete",
        "complete", "fail", "fail", "fail", "restart", "restart", "renew", "depend", "undepend", "remove", "assign", "assign", "unassign",
        "lock", "lock", "unlock", "register", "unregister", "maintain", "kill", "clock", "clock", "reopen",
    ];

    [Fact]
    public void A_fleet_answers_and_ends_as_the_model_says()
    {
        _ = Place.Workspace;
        var runs = Setting("TASKLOCKING_RUNS") ?? Runs;
        var first = Setting("TASKLOCKING_SEED") ?? new Random().Next();
        var changed = 0;
        for (var run = 0; run < runs; run++)
            changed += new Fleet(unchecked(first + run)).Run();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {first}: {runs} sequences, {changed} changes, no difference");
        Assert.True(changed > runs * Acts / 8, $"seed {first}: hardly anything was done, so nothing was proved");
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private sealed class Fleet(int seed) : ILiveness
    {
        private readonly Random _random = new(seed);
        private readonly FleetModel _model = new();
        private readonly HashSet<int> _dead = [];
        private readonly Dictionary<(string Agent, string Id), long> _remembered = [];

        public bool? IsAlive(string? host, int? pid, string? processStart) => pid is { } number ? !_dead.Contains(number) : null;

        // Gives how many acts changed something.
        public int Run()
        {
            using var place = new TPlace();
            _ = place.Workspace;
            var stores = new[] { place.OpenStore(), place.OpenStore() };
            var changed = 0;
            try
            {
                _model.Now = place.Clock.GetUtcNow();
                for (var number = 0; number < Acts; number++)
                {
                    var act = _model.Aim(Next());
                    if (act.Verb is "kill" or "clock" or "reopen")
                        Outside(act, place, stores);
                    else if (Agrees(act, stores[_random.Next(2)]))
                        changed++;
                }
            }
            finally
            {
                foreach (var store in stores)
                    store.Dispose();
            }
            return changed;
        }

        private FleetAct Next() => new(One(Verbs), One(Ids), [.. Ids.OrderBy(_ => _random.Next()).Take(_random.Next(3))], One(Agents),
            _random.Next(120), _random.Next(16));

        private string One(string[] words) => words[_random.Next(words.Length)];

        private bool Agrees(FleetAct act, ITaskStore store)
        {
            var token = act.Has(4) && _remembered.TryGetValue((act.Agent, act.Id), out var known) ? known : (long?)null;
            long? made = null;
            var now = default(DateTimeOffset);
            var found = store.Transact(
                new DelegateRule<string>(draft =>
                {
                    now = draft.Now;
                    return act.Run(draft, this, token, out made);
                }),
                new LockSession(), new CommitOptions { By = "tester", Timeout = TimeSpan.FromMinutes(1) });
            (_model.Now, _model.Dead) = (now, _dead);
            var expected = _model.Run(act, token);
            Assert.True(expected == found,
                $"seed {seed}: {act}: the model answers '{expected}', the store '{found}'; before: {_model.Before}");
            var state = store.Read();
            if (made is not null && (act.Verb == "next" || expected == "Changed"))
            {
                // The number of the claim is that of the commit: it is known when that is made.
                var id = act.Verb == "next" ? found : act.Id;
                var number = state.Find(id)!.Claim!.Token;
                _ = _model.Learn(id, number);
                _remembered[(act.Agent, id)] = number;
            }
            var (model, real) = (_model.Show(), FleetModel.Show(state));
            Assert.True(model == real, $"seed {seed}: {act}: the model has '{model}', the store '{real}'; before: {_model.Before}");
            var wrong = _model.WrongCause(state.Tasks);
            Assert.True(wrong is null, $"seed {seed}: {act}: {wrong}");
            return expected == "Changed" || act.Verb == "next" && found != "nothing";
        }

        private void Outside(FleetAct act, TPlace place, ITaskStore[] stores)
        {
            switch (act.Verb)
            {
                case "kill":
                    _dead.Add(1 + act.Number % 4);
                    break;
                case "clock":
                    place.Clock.Move(TimeSpan.FromSeconds(act.Has(8) && act.Has(4) ? -act.Number : act.Number));
                    break;
                default:
                    stores[0].Dispose();
                    stores[0] = place.OpenStore();
                    break;
            }
        }
    }
}
