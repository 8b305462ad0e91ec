using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.StoreContract;

// What the verbs of the model share: claims, leases, agents, failures, and how it is shown.
internal sealed partial class FleetModel
{
    private const int MaxStrikes = 3;

    private sealed class ModelClaim
    {
        public long Token { get; set; }

        public required string Agent { get; init; }

        public int? Pid { get; set; }

        public DateTimeOffset Expires { get; set; }

        public TimeSpan Ttl { get; set; }
    }

    private sealed class ModelLease
    {
        public required string Path { get; init; }

        public required string Agent { get; init; }

        public bool Shared { get; set; }

        public int? Pid { get; set; }

        public DateTimeOffset Expires { get; set; }

        public string? TaskId { get; init; }
    }

    private sealed class ModelTask(string id)
    {
        public string Id { get; } = id;

        public AgentTaskStatus Status { get; set; } = AgentTaskStatus.Todo;

        /// <summary>Blocked by a failure.</summary>
        public bool IsBlocked => Status == AgentTaskStatus.Blocked;

        public string? Owner { get; set; }

        /// <summary>Who ever claimed it.</summary>
        public HashSet<string> Workers { get; } = [];

        public List<string> Dependencies { get; set; } = [];

        public TaskPriority Priority { get; init; }

        public DateTimeOffset Created { get; init; }

        public int MaxAttempt { get; init; }

        public TimeSpan? Limit { get; init; }

        public string[] Requires { get; init; } = [];

        public string[] Allow { get; init; } = [];

        public string[] Files { get; init; } = [];

        public bool Review { get; set; }

        public ModelClaim? Claim { get; set; }

        public int Attempt { get; set; }

        public int Strikes { get; set; }

        public bool Failed { get; set; }

        public DateTimeOffset? NotBefore { get; set; }

        public DateTimeOffset? StartedAt { get; set; }
    }

    public string Show() => string.Join("; ", _tasks.OrderBy(task => task.Id).Select(task => Line(
            task.Id, task.Status, task.Owner, task.Dependencies, task.Claim is { } claim ? (claim.Agent, claim.Pid, claim.Expires) : null,
            task.Attempt, task.Strikes, task.Failed, task.NotBefore, task.StartedAt)))
        + " | " + string.Join("; ", _leases.Select(lease => Line(lease.Path, lease.Agent, lease.Shared, lease.Expires, lease.TaskId))
            .Order())
        + " | " + string.Join("; ", _agents.Select(agent => (agent.Key, Type: "agent", agent.Value))
            .Concat(_people.Select(agent => (agent.Key, Type: "human", agent.Value)))
            .OrderBy(agent => agent.Key).ThenBy(agent => agent.Type)
                .Select(agent => $"{agent.Key} {agent.Type} {string.Join(",", agent.Value.Capabilities)} {agent.Value.Most}"));

    public static string Show(ITaskState state) => Show(state.Tasks, state.FileLeases, state.Agents);

    public static string Show(IEnumerable<AgentTask> tasks, IEnumerable<FileLease> leases, IEnumerable<AgentProfile> agents) =>
        string.Join("; ", tasks.OrderBy(task => task.Id).Select(task => Line(
            task.Id, task.Status, task.Assignee?.Name, task.Dependencies, task.Claim is { } claim ? (claim.Agent, claim.Pid, claim.Expires)
                : null,
            task.Attempt, task.Strikes, task.Failure is not null, task.NotBefore, task.StartedAt)))
        + " | " + string.Join("; ",
            leases.Select(lease => Line(lease.Path, lease.Agent, lease.IsShared, lease.Expires, lease.TaskId)).Order())
        + " | " + string.Join("; ", agents.OrderBy(agent => agent.Name).ThenBy(agent => agent.Type)
            .Select(agent => $"{agent.Name} {agent.Type} {string.Join(",", agent.Capabilities)} {agent.MaxTasks}"));

    /// <summary>
    /// A blocked task whose cause is none; null if every cause is true. Which of several causes is told is the rule's choice.
    /// </summary>
    public string? WrongCause(IEnumerable<AgentTask> tasks)
    {
        var known = tasks.ToDictionary(task => task.Id);
        foreach (var task in known.Values)
        {
            var isBlocked = task.Status == AgentTaskStatus.Blocked;
            if (isBlocked != (task.BlockedBy is not null))
                return $"{task.Id} is {task.Status} and has the cause {task.BlockedBy}";
            if (task.BlockedBy is not { } block)
                continue;
            var nearest = known.GetValueOrDefault(block.Nearest);
            var root = nearest?.Status == AgentTaskStatus.Failed ? nearest.Id : nearest?.BlockedBy?.Root;
            if (!task.Dependencies.Contains(block.Nearest) || root != block.Root || Find(block.Root)?.Status != AgentTaskStatus.Failed)
                return $"{task.Id} has the cause {block}, and {block.Nearest} is {nearest?.Status} by {nearest?.BlockedBy}";
        }
        return null;
    }

    private static string Line(
        string id, AgentTaskStatus status, string? owner, IEnumerable<string> dependencies, (string, int?, DateTimeOffset)? claim,
        int attempt, int strikes, bool failed, DateTimeOffset? notBefore, DateTimeOffset? startedAt) =>
        $"{id} {status} {owner} [{string.Join(",", dependencies)}] {claim?.Item1} {claim?.Item2} {claim?.Item3:HHmmss} {attempt} " +
            $"{strikes} {failed} {notBefore:HHmmss} {startedAt:HHmmss}";

    private static string Line(string path, string agent, bool shared, DateTimeOffset expires, string? task) =>
        $"{path} {agent} {shared} {expires:HHmmss} {task}";

    private ModelTask? Find(string id) => _tasks.Find(task => task.Id == id);

    private bool Circle(string id)
    {
        var seen = new HashSet<string>();
        var open = new Queue<string>(Find(id)!.Dependencies);
        while (open.TryDequeue(out var next))
        {
            if (next == id)
                return true;
            if (seen.Add(next) && Find(next) is { } task)
                task.Dependencies.ForEach(open.Enqueue);
        }
        return false;
    }

    private bool Lapsed(int? pid, DateTimeOffset expires) => pid is { } number ? Dead.Contains(number) : Now >= expires;

    private bool IsReady(ModelTask task) =>
        task is { Status: AgentTaskStatus.Todo, Claim: null } && !(task.NotBefore > Now)
            && task.Dependencies.TrueForAll(id => Find(id)?.Status == AgentTaskStatus.Done);

    private bool MayTake(ModelTask task, string agent)
    {
        var profile = _agents.TryGetValue(agent, out var known) ? known : ([], int.MaxValue);
        return (task.Owner is null || task.Owner == agent)
            && Array.TrueForAll(task.Requires, profile.Capabilities.Contains)
            && (task.Allow.Length == 0 || task.Allow.Contains(agent));
    }

    // Only what it works on counts: what was given to it may be begun.
    private bool IsFull(string agent) => _agents.TryGetValue(agent, out var profile)
        && _tasks.Count(task => (task.Claim is not null || task.Status == AgentTaskStatus.InProgress)
            && (task.Claim?.Agent ?? task.Owner) == agent) >= profile.Most;

    private static bool IsLost(ModelTask task, string agent, long? token) =>
        token is not null && (task.Claim?.Token != token || task.Claim?.Agent != agent);

    private List<ModelLease> Overlaps(string[] paths, string agent, bool shared) => _leases.FindAll(lease =>
        lease.Agent != agent && paths.Contains(lease.Path) && !(shared && lease.Shared) && !Lapsed(lease.Pid, lease.Expires));

    private void Claim(ModelTask task, FleetAct act)
    {
        task.Workers.Add(act.Agent);
        task.Claim = new ModelClaim { Agent = act.Agent, Pid = act.Pid, Expires = Now + act.Ttl, Ttl = act.Ttl };
        foreach (var path in task.Files.Where(path => Overlaps([path], act.Agent, shared: false).Count == 0))
            Lease(path, act.Agent, shared: false, act.Pid, Now + act.Ttl, task.Id);
    }

    private void Lease(string path, string agent, bool shared, int? pid, DateTimeOffset expires, string? task)
    {
        _leases.RemoveAll(lease => lease.Path == path && lease.Agent != agent && !(shared && lease.Shared)
            && Lapsed(lease.Pid, lease.Expires));
        var mine = _leases.Find(lease => lease.Path == path && lease.Agent == agent && lease.TaskId == task);
        if (mine is null)
            _leases.Add(mine = new ModelLease { Path = path, Agent = agent, TaskId = task });
        (mine.Shared, mine.Pid, mine.Expires) = (shared, pid, expires);
    }

    private void EndClaim(ModelTask task)
    {
        if (task.Claim is null)
            return;
        _leases.RemoveAll(lease => lease.TaskId == task.Id);
        task.Claim = null;
        task.StartedAt = null;
    }

    private void Fail(ModelTask task, string agent, bool isFinal, int? pid = null)
    {
        var again = task.Attempt < task.MaxAttempt && !isFinal;
        EndClaim(task);
        task.StartedAt = null;
        _leases.RemoveAll(lease => lease.Agent == agent
            && (lease.TaskId is null ? pid is null || (lease.Pid ?? pid) == pid : lease.TaskId == task.Id));
        task.Failed = true;
        task.Status = again ? AgentTaskStatus.Todo : AgentTaskStatus.Failed;
        if (!again)
            return;
        task.Owner = null;
        task.NotBefore = Now + TimeSpan.FromSeconds(30 << (task.Attempt - 1));
    }

    private string Maintain()
    {
        foreach (var task in _tasks.Where(task => task.Claim is not null).ToList())
        {
            if (!IsOverdue(task) && Lapsed(task.Claim!.Pid, task.Claim.Expires))
            {
                EndClaim(task);
                task.Strikes++;
                task.Status = task.Strikes >= MaxStrikes ? AgentTaskStatus.Failed : AgentTaskStatus.Todo;
                task.Failed |= task.Status == AgentTaskStatus.Failed;
                task.Owner = task.Status == AgentTaskStatus.Failed ? task.Owner : null;
            }
            else if (IsOverdue(task))
            {
                Fail(task, task.Claim!.Agent, isFinal: false, task.Claim.Pid);
            }
        }
        _leases.RemoveAll(lease => Lapsed(lease.Pid, lease.Expires));
        return "";
    }

    private string Nightly()
    {
        Maintain();
        Settle();
        foreach (var task in _tasks.Where(task => task.Failed && task.NotBefore <= Now && IsReady(task)))
            task.NotBefore = null;
        return "";
    }

    // A process that is gone is told as such, whatever the time.
    private bool IsOverdue(ModelTask task) =>
        task.Status == AgentTaskStatus.InProgress && Now > task.StartedAt + task.Limit
            && !(task.Claim?.Pid is { } pid && Dead.Contains(pid));

    private void Settle()
    {
        var blocked = new HashSet<string>();
        int before;
        do
        {
            before = blocked.Count;
            foreach (var task in _tasks.Where(task => task.Status == AgentTaskStatus.Todo || task.IsBlocked))
            {
                if (task.Dependencies.Exists(id => blocked.Contains(id) || Find(id)?.Status == AgentTaskStatus.Failed))
                    blocked.Add(task.Id);
            }
        }
        while (blocked.Count > before);
        foreach (var task in _tasks.Where(task => task.Status == AgentTaskStatus.Todo || task.IsBlocked))
        {
            if (blocked.Contains(task.Id) && task.Claim is not null)
            {
                EndClaim(task);
                task.Owner = null;
            }
            task.Status = blocked.Contains(task.Id) ? AgentTaskStatus.Blocked : AgentTaskStatus.Todo;
        }
    }

    private string Assign(FleetAct act)
    {
        if (Find(act.Id) is not { } task)
            return "TaskNotFound";
        if (task.Owner == act.Agent)
            return "Same";
        if (task.Owner is not null && !act.Has(1))
            return "TaskAlreadyAssigned";
        Return(task);
        task.Owner = act.Agent;
        return "Changed";
    }

    private string Unassign(FleetAct act)
    {
        if (Find(act.Id) is not { } task)
            return "TaskNotFound";
        if (task.Owner is null)
            return "Same";
        if (task.Owner != act.Agent && !act.Has(1))
            return "NotOwner";
        Return(task);
        task.Owner = null;
        return "Changed";
    }

    private void Return(ModelTask task)
    {
        if (task is { Claim: not null, Status: AgentTaskStatus.InProgress })
            task.Status = AgentTaskStatus.Todo;
        EndClaim(task);
    }

    private string Lock(FleetAct act)
    {
        if (Overlaps([act.Path], act.Agent, act.Has(1)).Count > 0)
            return "FileLocked";
        Lease(act.Path, act.Agent, act.Has(1), act.Pid, Now + act.Ttl, null);
        return "Changed";
    }

    private string Unlock(FleetAct act)
    {
        var there = _leases.FindAll(lease => lease.Path == act.Path);
        if (!act.Has(1) && !act.Has(2) && !there.Exists(lease => lease.Agent == act.Agent)
            && there.Exists(lease => !Lapsed(lease.Pid, lease.Expires)))
            return "NotOwner";
        if (act.Has(1))
            _leases.RemoveAll(lease => lease.Agent == act.Agent);
        else
            _leases.RemoveAll(lease => lease.Path == act.Path && (act.Has(2) || lease.Agent == act.Agent));
        return "Changed";
    }

    private string Register(FleetAct act)
    {
        var profile = act.Profile;
        var before = Show();
        (act.IsPerson ? _people : _agents)[act.Agent] = ([.. profile.Capabilities], profile.MaxTasks);
        return before == Show() ? "Same" : "Changed";
    }

    private string Unregister(FleetAct act)
    {
        if (_people.ContainsKey(act.Agent))
        {
            if (_agents.ContainsKey(act.Agent))
                return "InvalidArgument"; // Which of the two?
            _people.Remove(act.Agent);
            return "Changed";
        }
        if (!_agents.ContainsKey(act.Agent))
            return "AgentNotFound";
        var claimed = _tasks.FindAll(task => task.Owner == act.Agent
            && (task.Status is AgentTaskStatus.Todo or AgentTaskStatus.InProgress or AgentTaskStatus.Blocked));
        if (claimed.Count > 0 && !act.Has(1))
            return "AgentHasTasks";
        foreach (var task in claimed)
        {
            Return(task);
            task.Owner = null;
        }
        _leases.RemoveAll(lease => lease.Agent == act.Agent);
        _agents.Remove(act.Agent);
        return "Changed";
    }
}
