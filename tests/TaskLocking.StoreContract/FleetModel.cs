using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.StoreContract;

/// <summary>
/// The verbs of a fleet as simply as they can be said: lists of plain objects, every question answered by looking at everything, the
/// blocked ones found by repeating until nothing changes.
/// </summary>
internal sealed partial class FleetModel
{
    private readonly List<ModelTask> _tasks = [];
    private readonly List<ModelLease> _leases = [];
    private readonly Dictionary<string, (string[] Capabilities, int Most)> _agents = [];
    private readonly Dictionary<string, (string[] Capabilities, int Most)> _people = [];

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public HashSet<int> Dead { get; set; } = [];

    /// <summary>What the model had before the last act, for the message.</summary>
    public string Before { get; private set; } = "";

    public string Run(FleetAct act, long? token)
    {
        Before = Show();
        var answer = act.Verb switch
        {
            "define" => Define(act),
            "depend" => Depend(act),
            "undepend" => Undepend(act),
            "remove" => Remove(act),
            "next" => Next(act),
            "start" => Start(act, token),
            "complete" => Complete(act, token),
            "fail" => Fail(act, token),
            "restart" => Restart(act),
            "renew" => Renew(act, token),
            "assign" => Assign(act),
            "unassign" => Unassign(act),
            "lock" => Lock(act),
            "unlock" => Unlock(act),
            "register" => Register(act),
            "unregister" => Unregister(act),
            _ => Nightly(),
        };
        Settle();
        return answer;
    }

    /// <summary>
    /// Turns three of four acts upon a task that there is, and those that need somebody's task upon one that somebody has, and to him: left
    /// to chance alone, few would ever come so far. For the same reason most tasks depend only on such as there are, blocked ones are given
    /// to somebody, files are locked where a task that could be started wants them, and whoever would be refused such a start tries it.
    /// </summary>
    public FleetAct Aim(FleetAct act)
    {
        if (act.Number % 4 == 0)
            return act;
        if (act.Verb == "define")
            return act with { Others = [.. act.Others.Where(id => Find(id) is not null)] };
        var wanted = _tasks.FindAll(task => act.Verb switch
        {
            "assign" => task.IsBlocked,
            "lock" => WantsFiles(task),
            "start" => task.Owner is not null && task.Status is AgentTaskStatus.Todo or AgentTaskStatus.Blocked,
            "complete" or "fail" => task.Status is AgentTaskStatus.InProgress or AgentTaskStatus.Review,
            "renew" => task.Claim is not null,
            "restart" => task.Status is AgentTaskStatus.Failed or AgentTaskStatus.Blocked,
            _ => false,
        });
        if (wanted.Count == 0)
            return Find(act.Id) is null && _tasks.Count > 0 ? act with { Id = _tasks[act.Number % _tasks.Count].Id } : act;
        if (act.Verb == "start" && wanted.FindAll(IsRefusedToOwner) is { Count: > 0 } refused)
            wanted = refused;
        var task = wanted[act.Number % wanted.Count];
        if (act.Verb == "lock")
            return act.Agent == task.Owner ? act : act.Locking(task.Files[0]);
        return act with { Id = task.Id, Agent = act.Verb == "assign" || act.Number % 8 == 1 ? act.Agent : task.Owner ?? act.Agent };
    }

    private bool IsRefusedToOwner(ModelTask task) =>
        task.IsBlocked || WantsFiles(task) && Overlaps(task.Files, task.Owner!, shared: false).Count > 0;

    private bool WantsFiles(ModelTask task) => task.Files.Length > 0 && IsReady(task) && task.Owner is { } owner && MayTake(task, owner);

    /// <summary>Takes over the number of a claim that was just made or used; true if it was made.</summary>
    public bool Learn(string id, long token)
    {
        var claim = Find(id)!.Claim!;
        var isNew = claim.Token == 0;
        claim.Token = token;
        return isNew;
    }

    private string Define(FleetAct act)
    {
        if (Find(act.Id) is not null)
            return "TaskAlreadyDefined";
        var definition = act.Definition;
        _tasks.Add(new ModelTask(act.Id)
        {
            Dependencies = [.. act.Others],
            Priority = definition.Priority,
            Created = Now,
            MaxAttempt = definition.MaxAttempt,
            Limit = definition.TimeLimit,
            Requires = [.. definition.Requires],
            Allow = [.. definition.AllowedAgents],
            Files = [.. definition.Files],
            Review = definition.NeedsReview,
        });
        if (!Circle(act.Id))
            return "Changed";
        _tasks.RemoveAt(_tasks.Count - 1);
        return "DependencyCycle";
    }

    private string Depend(FleetAct act)
    {
        if (act.Others.Length == 0)
            return "InvalidArgument";
        if (Find(act.Id) is not { } task)
            return "TaskNotFound";
        var old = task.Dependencies;
        task.Dependencies = [.. old.Union(act.Others)];
        var isCircle = Circle(act.Id);
        // A failure among them would take it from who has it.
        var isTaken = !isCircle && IsHeld(task) && task.Status == AgentTaskStatus.Todo
            && task.Dependencies.Exists(id => Find(id) is { } other && (other.Status == AgentTaskStatus.Failed || other.IsBlocked));
        if (!isCircle && !isTaken)
            return task.Dependencies.Count == old.Count ? "Same" : "Changed";
        task.Dependencies = old;
        return isCircle ? "DependencyCycle" : "NotOwner";
    }

    private string Undepend(FleetAct act)
    {
        if (act.Others.Length == 0)
            return "InvalidArgument";
        if (Find(act.Id) is not { } task)
            return "TaskNotFound";
        return task.Dependencies.RemoveAll(act.Others.Contains) > 0 ? "Changed" : "Same";
    }

    private string Remove(FleetAct act)
    {
        if (Find(act.Id) is not { } task)
            return "TaskNotFound";
        if (!act.Has(1) && IsHeld(task))
            return "NotOwner";
        if (!act.Has(1) && _tasks.Exists(other => other.Dependencies.Contains(act.Id)))
            return "TaskHasDependents";
        EndClaim(task);
        _tasks.Remove(task);
        return "Changed";
    }

    private bool IsHeld(ModelTask task) => task.Claim is { } claim && !Lapsed(claim.Pid, claim.Expires);

    private string Next(FleetAct act)
    {
        Maintain();
        Settle();
        if (IsFull(act.Agent))
            return "nothing";
        var best = _tasks
            .Where(task => IsReady(task) && MayTake(task, act.Agent)
                && (act.Has(8) || Overlaps(task.Files, act.Agent, shared: false).Count == 0))
            .OrderByDescending(task => task.Priority).ThenBy(task => task.Created).FirstOrDefault();
        if (best is null)
            return "nothing";
        best.Owner = act.Agent;
        Claim(best, act);
        return best.Id;
    }

    private string Start(FleetAct act, long? token)
    {
        if (Find(act.Id) is not { } task)
            return "TaskNotFound";
        if (IsLost(task, act.Agent, token))
            return "LeaseLost";
        if ((task.Claim?.Agent ?? task.Owner) != act.Agent)
            return "NotOwner";
        if (task is { Status: AgentTaskStatus.InProgress, Claim: { } running })
            return Lapsed(running.Pid, running.Expires) && GoOn(task, act) ? "Changed" : "Same";
        if (task.Status != AgentTaskStatus.Todo && !task.IsBlocked)
            return "StatusConflict";
        if (task.IsBlocked)
            return "DependencyFailed";
        if (!task.Dependencies.TrueForAll(id => Find(id)?.Status == AgentTaskStatus.Done) || task.NotBefore > Now)
            return "TaskNotReady";
        if (task.Claim is null)
        {
            if (!MayTake(task, act.Agent) || IsFull(act.Agent))
                return "NotPermitted";
            if (Overlaps(task.Files, act.Agent, shared: false).Count > 0)
                return "FileLocked";
            Claim(task, act);
        }
        else
        {
            _ = GoOn(task, act);
        }
        task.Status = AgentTaskStatus.InProgress;
        task.StartedAt = Now;
        task.Attempt++;
        return "Changed";
    }

    // Whoever starts names the process that works, and none that is gone.
    private bool GoOn(ModelTask task, FleetAct act)
    {
        var claim = task.Claim!;
        var before = (claim.Pid, claim.Expires);
        if (act.Pid is not null || (claim.Pid is { } pid && Dead.Contains(pid)))
            claim.Pid = act.Pid;
        if (claim.Pid != before.Pid && Lapsed(claim.Pid, claim.Expires))
            claim.Expires = Now + claim.Ttl;
        foreach (var lease in _leases.Where(lease => lease.TaskId == task.Id && lease.Agent == act.Agent))
            (lease.Pid, lease.Expires) = (claim.Pid, claim.Expires);
        return before != (claim.Pid, claim.Expires);
    }

    private string Complete(FleetAct act, long? token)
    {
        if (Find(act.Id) is not { } task)
            return "TaskNotFound";
        if (IsLost(task, act.Agent, token))
            return "LeaseLost";
        if (task.Status == AgentTaskStatus.Review)
        {
            // Nobody looks at his own work, be he registered as a person too.
            if (!act.Has(8) || !_people.ContainsKey(act.Agent) || task.Owner == act.Agent || task.Workers.Contains(act.Agent))
                return "NotPermitted";
            if (act.Has(2))
                return "Same";
            task.Status = AgentTaskStatus.Done;
            return "Changed";
        }
        // Here persons have no tasks.
        if ((task.Claim?.Agent ?? task.Owner) is { } owner && (owner != act.Agent || act.Has(8)))
            return "NotOwner";
        if (task.Status != AgentTaskStatus.InProgress)
            return "StatusConflict";
        if (act.Has(8) && !_people.ContainsKey(act.Agent))
            return "NotPermitted";
        EndClaim(task);
        task.Review |= act.Has(2);
        task.Status = task.Review ? AgentTaskStatus.Review : AgentTaskStatus.Done;
        task.Failed = false;
        task.Strikes = 0;
        task.NotBefore = null;
        return "Changed";
    }

    private string Fail(FleetAct act, long? token)
    {
        if (Find(act.Id) is not { } task)
            return "TaskNotFound";
        if (IsLost(task, act.Agent, token))
            return "LeaseLost";
        if ((task.Claim?.Agent ?? task.Owner) is { } owner && owner != act.Agent)
            return "NotOwner";
        if (task.Status != AgentTaskStatus.InProgress)
            return "StatusConflict";
        Fail(task, act.Agent, act.Has(2));
        return "Changed";
    }

    private string Restart(FleetAct act)
    {
        if (Find(act.Id) is not { } task)
            return "TaskNotFound";
        if (task.IsBlocked)
            return "DependencyFailed";
        if (!act.Has(1)
            && (IsHeld(task) || task.Status is AgentTaskStatus.Review or AgentTaskStatus.Done
                || (task.Status == AgentTaskStatus.InProgress && task.Claim is null)))
            return "StatusConflict";
        if (task is { Status: AgentTaskStatus.Todo, Claim: null, Attempt: 0, Strikes: 0, NotBefore: null, Failed: false })
            return "Same";
        EndClaim(task);
        task.Owner = null;
        (task.Status, task.Attempt, task.Strikes, task.NotBefore, task.Failed) = (AgentTaskStatus.Todo, 0, 0, null, false);
        return "Changed";
    }

    private string Renew(FleetAct act, long? token)
    {
        if (Find(act.Id) is not { } task)
            return "TaskNotFound";
        if (IsLost(task, act.Agent, token))
            return "LeaseLost";
        if ((task.Claim?.Agent ?? task.Owner) is { } owner && owner != act.Agent)
            return "NotOwner";
        if (task.Claim is not { } claim)
            return "StatusConflict";
        var before = (claim.Ttl, claim.Expires);
        claim.Ttl = act.Has(2) ? act.Ttl : claim.Ttl;
        claim.Expires = Now + claim.Ttl;
        foreach (var lease in _leases.Where(lease => lease.TaskId == task.Id && lease.Agent == claim.Agent))
            lease.Expires = claim.Expires;
        return before == (claim.Ttl, claim.Expires) ? "Same" : "Changed";
    }
}
