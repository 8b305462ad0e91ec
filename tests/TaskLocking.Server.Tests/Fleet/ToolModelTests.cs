using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using TaskLocking.StoreContract;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>
/// The contract's model of a fleet, held against the tools: random acts by random agents through eight clients are answered, and leave the
/// board, as the model says. A failure tells the seed, which <c>TASKLOCKING_SEED</c> takes.
/// </summary>
public abstract partial class ToolModelTests<TClients>(TClients clients) : IClassFixture<TClients>
    where TClients : ToolClients
{
    private const int Acts = 150;

    // Of no claim.
    private const long WrongToken = 999_999_999;

    // Before the first of the times that the model counts with is over: here no clock can be set, so none may pass.
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(20);

    private static readonly string[] Ids = ["T1", "T2", "T3", "T4", "T5", "T6"];
    private static readonly string[] Agents = ["a", "b", "c"];

    private static readonly string[] Verbs =
    [
        "define", "define", "define", "define", "depend", "next", "next", "next", "start", "start", "start", "complete", "complete",
        "complete", "fail", "fail", "fail", "restart", "restart", "renew", "depend", "undepend", "remove", "assign", "assign", "unassign",
        "lock", "lock", "unlock", "register", "unregister",
    ];

    private readonly FleetModel _model = new();
    private readonly Dictionary<(string Agent, string Id), long> _remembered = [];

    private TaskBoard Board => clients.Folder.Board;

    [Fact]
    public async Task Eight_clients_are_answered_and_leave_the_board_as_the_model_says()
    {
        var seed = Environment.GetEnvironmentVariable("TASKLOCKING_SEED") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (watch, number, done) = (Stopwatch.StartNew(), 0, 0);
        for (; number < Acts && watch.Elapsed < Enough; number++)
        {
            _model.Now = DateTimeOffset.UtcNow;
            var act = Offered(_model.Aim(Next(random)));
            var token = _remembered.TryGetValue((act.Agent, act.Id), out var known) ? known : Needs(act) ? WrongToken : (long?)null;
            var (expected, before) = (_model.Run(act, token), _model.Before);
            var answer = await AskAsync(random.Next(ToolClients.Count), act, token);
            var found = Word(act, answer);
            Assert.True((expected is "Same" or "Changed" ? "Done" : expected) == found,
                $"seed {seed}: {act}, token {token}: the model answers '{expected}', the tool '{answer}'; before: {before}");
            done += found == "Done" || Ids.Contains(found) ? 1 : 0;
            Learn(act, answer);
            var tasks = Board.GetTasks();
            var (model, real) = (Timeless(_model.Show()), Timeless(FleetModel.Show(tasks, Board.GetFileLeases(), Board.GetAgents())));
            Assert.True(model == real, $"seed {seed}: {act}: the model has '{model}', the board '{real}'; before: {before}");
            Assert.True(_model.WrongCause(tasks) is null, $"seed {seed}: {act}: {_model.WrongCause(tasks)}");
        }
        Assert.True(done > number / 8, $"seed {seed}: {done} of {number} acts were not refused, so nothing was proved");
    }

    private static FleetAct Next(Random random) => new(One(random, Verbs), One(random, Ids),
        [.. Ids.OrderBy(_ => random.Next()).Take(random.Next(3))], One(random, Agents), random.Next(120), random.Next(16));

    private static string One(Random random, string[] words) => words[random.Next(words.Length)];

    // What no tool takes is left out: force but by the word of a person, and persons who do what agents do. Over standard streams whose
    // process has a claim may remove the task; the model knows of no processes that ask, and here all clients are of one.
    private FleetAct Offered(FleetAct act) => act with
    {
        Verb = act.Verb == "remove" && Board.FindTask(act.Id)?.Claim?.Pid is not null ? "define" : act.Verb,
        Flags = act.Flags & ~(act.Verb switch
        {
            "remove" or "restart" or "unregister" => 1,
            "unlock" => 2,
            "register" => 4,
            "complete" => 8,
            _ => 0,
        }),
    };

    // Of a task that somebody has, each asks for the token of the claim.
    private bool Needs(FleetAct act) => act.Verb is "complete" or "fail" or "renew"
        || act.Verb == "start" && Board.FindTask(act.Id)?.Claim is not null;

    private Task<JsonNode> AskAsync(int client, FleetAct act, long? token)
    {
        (string Tool, object Arguments) call = act.Verb switch
        {
            "define" => ("task_change", Define(act.Definition)),
            "depend" => ("task_change", new { action = "add_dependencies", task_id = act.Id, depends_on = act.Others }),
            "undepend" => ("task_change", new { action = "remove_dependencies", task_id = act.Id, depends_on = act.Others }),
            "remove" => ("task_change", new { action = "remove", task_id = act.Id, confirm = act.Id }),
            "next" => ("claim", new { action = "next", agent = act.Agent, ttl = Ttl(act), on_overlap = act.Has(8) ? "warn" : "deny" }),
            "start" => ("claim", new { action = "start", agent = act.Agent, task_id = act.Id, token, ttl = Ttl(act) }),
            "complete" => ("claim", new { action = "complete", agent = act.Agent, task_id = act.Id, token, for_review = act.Has(2) }),
            "fail" => ("claim",
                new { action = "fail", agent = act.Agent, task_id = act.Id, token, reason = "broken", final = act.Has(2) }),
            "restart" => ("claim", new { action = "retry", agent = act.Agent, task_id = act.Id }),
            "renew" => ("claim", new { action = "renew", agent = act.Agent, task_id = act.Id, token, ttl = act.Has(2) ? Ttl(act) : null }),
            "assign" or "unassign" => ("task_assignee",
                new { action = act.Verb, task_id = act.Id, assignee_name = act.Agent, confirm = act.Has(1) ? act.Id : null }),
            "lock" => ("file_lease",
                new { action = "lock", agent = act.Agent, paths = new[] { act.Path }, shared = act.Has(1), ttl = Ttl(act) }),
            "unlock" => ("file_lease",
                new { action = "unlock", agent = act.Agent, paths = act.Has(1) ? [] : new[] { act.Path } }),
            "register" => ("agent_change", new
            {
                action = "register",
                name = act.Agent,
                capabilities = act.Profile.Capabilities,
                max_tasks = act.Profile.MaxTasks,
            }),
            _ => ("agent_change", new { action = "unregister", name = act.Agent }),
        };
        return clients.CallAsync(client, call.Tool, call.Arguments);
    }

    private static object Define(TaskDefinition definition) => new
    {
        action = "define",
        tasks = new[]
        {
            new
            {
                id = definition.Id,
                dependencies = definition.Dependencies,
                priority = definition.Priority.ToString().ToLowerInvariant(),
                max_attempt = definition.MaxAttempt,
                time_limit = definition.TimeLimit is { } limit ? $"{(int)limit.TotalSeconds}s" : null,
                requires = definition.Requires,
                allow = definition.AllowedAgents,
                files = definition.Files,
                needs_review = definition.NeedsReview,
            },
        },
    };

    private static string Ttl(FleetAct act) => $"{(int)act.Ttl.TotalSeconds}s";

    private static string Word(FleetAct act, JsonNode answer) => (string?)answer["refusal"]?["code"]
        ?? (act.Verb != "next" ? "Done" : answer["tasks"]!.AsArray() is [{ } task, ..] ? (string)task["id"]! : "nothing");

    private void Learn(FleetAct act, JsonNode answer)
    {
        if (act.Verb is not ("next" or "start") || answer["tasks"] is not JsonArray { Count: 1 } tasks)
            return;
        var (id, token) = ((string)tasks[0]!["id"]!, (long)tasks[0]!["claim"]!["token"]!);
        _ = _model.Learn(id, token);
        _remembered[(act.Agent, id)] = token;
    }

    // Which process has a claim, and until when, is the server's to say.
    private static string Timeless(string shown) => Times().Replace(Claims().Replace(shown, "$1 claimed"), "then");

    [GeneratedRegex(@"\b([abc]) \d* \d{6}\b")]
    private static partial Regex Claims();

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Times();
}
