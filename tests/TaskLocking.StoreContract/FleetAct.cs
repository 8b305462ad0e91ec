using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Rules;

namespace TaskLocking.StoreContract;

/// <summary>One random act of a fleet, for the rules and for the model; each verb uses what it knows.</summary>
/// <param name="Verb">What.</param>
/// <param name="Id">The task.</param>
/// <param name="Others">Dependencies.</param>
/// <param name="Agent">Who.</param>
/// <param name="Number">A number for whatever the verb needs one for: a pid, seconds, a limit.</param>
/// <param name="Flags">Four switches.</param>
internal sealed record FleetAct(string Verb, string Id, string[] Others, string Agent, int Number, int Flags)
{
    public static readonly string[] Paths = ["a.cs", "b.cs", "c.cs"];

    public bool Has(int flag) => (Flags & flag) != 0;

    public string Path => Paths[Number % Paths.Length];

    /// <summary>The same act on another of the paths.</summary>
    public FleetAct Locking(string path) => this with { Number = Number / Paths.Length * Paths.Length + Array.IndexOf(Paths, path) };

    public TimeSpan Ttl => TimeSpan.FromSeconds(60 + Number);

    /// <summary>The pid that the claim names; null for a third of them, which time alone judges.</summary>
    public int? Pid => Number % 3 == 0 ? null : 1 + Number % 4;

    public override string ToString() => $"{Verb} {Id} [{string.Join(",", Others)}] {Agent} {Number} {Flags}";

    public TaskDefinition Definition => new(Id)
    {
        Dependencies = Others,
        Priority = (TaskPriority)(Number % 4),
        MaxAttempt = 1 + Number % 3,
        TimeLimit = Has(1) ? TimeSpan.FromSeconds(50) : null,
        Requires = Has(2) ? ["x"] : [],
        AllowedAgents = Has(4) ? [Agent] : [],
        Files = Has(8) ? [Path] : [],
        NeedsReview = Number % 5 == 0,
    };

    public bool IsPerson => Has(4);

    public AgentProfile Profile => new(Agent, IsPerson ? "human" : "agent", Capabilities: Has(1) ? ["x"] : [], MaxTasks: 1 + Number % 2);

    public LeaseHolder Holder =>
        new(Agent) { Host = Pid is null ? null : "here", Pid = Pid, ProcessStart = Pid is null ? null : "s", Type = "agent" };

    /// <summary>Asks the rules, and writes the answer as the model does; gives the token of a claim that the act made.</summary>
    public string Run(TaskDraft draft, ILiveness liveness, long? token, out long? made)
    {
        made = null;
        switch (Verb)
        {
            case "define":
                return Each(new DefineRule([Definition]).Decide(draft));
            case "depend":
                return Each(new DependencyRule([new DependencyEdit(Id, Others)], remove: false, liveness).Decide(draft));
            case "undepend":
                return Each(new DependencyRule([new DependencyEdit(Id, Others)], remove: true, liveness).Decide(draft));
            case "remove":
                return Each(new RemoveRule([new TaskRemoval(Id, Has(1))], liveness).Decide(draft));
            case "next":
                var answer = new RequestRule(new TaskRequest(Holder)
                {
                    Ttl = Ttl,
                    OnOverlap = Has(8) ? FileOverlap.Warn
                    : FileOverlap.Deny
                }, liveness, StringComparison.Ordinal).Decide(draft);
                made = answer.Task?.Claim?.Token;
                return answer.Task?.Id ?? "nothing";
            case "start":
                var started = new StartRule([new StartRequest(Id, Holder) { Ttl = Ttl, Token = token }], liveness,
                    StringComparison.Ordinal).Decide(draft);
                made = started[0].Task?.Claim?.Token;
                return Each(started);
            case "complete":
                return Each(new CompleteRule([new CompleteRequest(Id, Agent) { Token = token, Type = Has(8) ? "human" : "agent",
                    ForReview = Has(2) }]).Decide(draft));
            case "fail":
                return Each(new FailRule([new FailRequest(Id, Agent, "broken") { Token = token, IsFinal = Has(2) }]).Decide(draft));
            case "restart":
                return Each(new RestartRule([new RestartRequest(Id) { Force = Has(1) }], liveness).Decide(draft));
            case "renew":
                return Each(new RenewRule([new RenewRequest(Id, Agent) { Token = token, Ttl = Has(2) ? Ttl : null }]).Decide(draft));
            case "assign":
                return Batch(new AssignRule(new AssignmentRequest([Id], "agent", Agent) { Force = Has(1) }, liveness).Decide(draft));
            case "unassign":
                return Batch(new UnassignRule(new UnassignmentRequest([Id]) { From = Agent, Force = Has(1) }, liveness)
                    .Decide(draft));
            case "lock":
                return new LockFilesRule(new FileLeaseRequest(Holder, [Path]) { Ttl = Ttl, IsShared = Has(1) }, liveness,
                    StringComparison.Ordinal).Decide(draft) is { Success: true } ? "Changed" : "FileLocked";
            case "unlock":
                return new UnlockFilesRule(new FileUnlockRequest(Agent) { Type = "agent", Paths = Has(1) ? [] : [Path], Force = Has(2) },
                    liveness, StringComparison.Ordinal).Decide(draft) is { Success: true } ? "Changed" : "NotOwner";
            case "register":
                return Agents(new RegisterAgentRule([Profile]).Decide(draft));
            case "unregister":
                return Agents(new UnregisterAgentRule([new AgentRemoval(Agent, Has(1))]).Decide(draft));
            default:
                new MaintenanceRule(liveness).Decide(draft);
                return "";
        }
    }

    private static string Each(IEnumerable<TaskOutcome> outcomes) => Word(outcomes.Single());

    private static string Batch(AssignmentResult result) => Word(result.Assigned.Concat(result.Failed).Single());

    private static string Agents(IReadOnlyList<AgentOutcome> outcomes) =>
        outcomes[0].Refusal?.Code.ToString() ?? (outcomes[0].Changed ? "Changed" : "Same");

    private static string Word(TaskOutcome outcome) => outcome.Refusal?.Code.ToString() ?? (outcome.Changed ? "Changed" : "Same");
}
