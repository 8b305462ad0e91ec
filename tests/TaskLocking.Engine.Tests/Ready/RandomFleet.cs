using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using TaskLocking.Board;
using TaskLocking.FileStore;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using TaskLocking.Todo2;

namespace TaskLocking.Tests.Ready;

/// <summary>
/// A board with everything that a file may bring, whether our verbs would or not, a clock that goes on and back, processes that end, locks
/// that somebody holds. One seed is one fleet.
/// </summary>
internal sealed class RandomFleet(Random random) : ILiveness, IProcessKin, ITaskHolds
{
    private static readonly string[] Ids = [.. Enumerable.Range(1, 14).Select(number => "T" + number)];
    private static readonly string[] Names = ["a", "b", "c", "A"];
    private static readonly string[] Paths = ["x.cs", "y.cs", "*.cs", "z"];
    private static readonly DateTimeOffset Begin = Scene.Now;

    private readonly HashSet<int> _dead = [];
    private DateTimeOffset _booted = Begin;
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);

    public BoardState State { get; } = new();

    public DateTimeOffset Now { get; private set; } = Begin;

    public bool? IsAlive(string? host, int? pid, string? processStart) =>
        host == "here" && pid is { } number ? !_dead.Contains(number) : null;

    public bool IsBelow(int pid, int ancestor, string start) => pid == ancestor;

    public bool IsOfEarlierBoot(string host, string start, DateTimeOffset since) => host == "old" && since < _booted;

    public string? Obstacle(string taskId) => _held.Contains(taskId) ? "somebody holds its lock" : null;

    /// <summary>Something happens: to a task, an agent, a file, or outside the board.</summary>
    public void Happen()
    {
        switch (random.Next(11))
        {
            case 10:
                _booted = Time(60)!.Value;
                break;
            case 0:
                Now += TimeSpan.FromSeconds(random.Next(-90, 120));
                break;
            case 1:
                Toggle(_dead, random.Next(1, 5));
                break;
            case 2:
                Toggle(_held, Pick(Ids));
                break;
            default:
                Commit();
                break;
        }
    }

    /// <summary>Somebody else's commit.</summary>
    public void Commit()
    {
        switch (random.Next(8))
        {
            case 0:
                Change(draft => draft.Put(
                    new AgentProfile(Pick(Names), One(4) ? "human" : "agent", null, One(2) ? ["x"] : [], random.Next(1, 5))));
                break;
            case 1:
                Change(draft =>
                {
                    foreach (var lease in draft.FileLeases.Where(_ => One(2)).ToList())
                        draft.Remove(lease);
                    var (host, pid, start) = Process();
                    draft.Put(new FileLease(
                        Pick(Paths), Pick(Names), Now, Time(60)!.Value, One(3), One(3) ? Pick(Ids) : null, host, pid, start,
                        One(5) ? "human" : null));
                });
                break;
            case 2:
                Change(draft =>
                {
                    if (draft.Find(Pick(Ids)) is { } task)
                        draft.Remove(task);
                });
                break;
            default:
                Put(Pick(Ids));
                break;
        }
    }

    /// <summary>Sets right what is due.</summary>
    public void Maintain() => Change(draft => new MaintenanceRule(this).Decide(draft));

    /// <summary>A request as any agent may make it.</summary>
    public TaskRequest Request()
    {
        var (host, pid, start) = Process();
        return new TaskRequest(new LeaseHolder(Pick(Names))
        {
            Host = host,
            Pid = pid,
            ProcessStart = start,
            Type = One(6) ? "human" : One(3) ? "agent" : null,
            Callers = One(3) ? [random.Next(1, 5)] : [],
        })
        {
            Capabilities = One(2) ? ["x"] : [],
            Swarm = One(5) ? Pick(["s", "r"]) : null,
            Tags = One(5) ? ["t"] : [],
            Ttl = TimeSpan.FromSeconds(random.Next(1, 90)),
            OnOverlap = One(3) ? FileOverlap.Warn : FileOverlap.Deny,
        };
    }

    public TaskDraft Draft(DateTimeOffset? now = null, long? version = null) =>
        new(State, now ?? Now, Scene.By, version ?? State.Version + 1, State.NextTaskNumber);

    /// <summary>Makes a change of the board.</summary>
    public void Apply(TaskDraft draft)
    {
        if (draft.Changes.Changes.Count > 0)
            Apply(JournalLine.Of(State.Version + 1, draft.Operations(), Now, Scene.By, draft.Changes.Changes.Count == 1));
    }

    private void Apply(ByteBuffer line)
    {
        JournalLine.Seal(line, 0);
        State.Apply(line.ToArray());
    }

    private void Change(Action<TaskDraft> change)
    {
        var draft = Draft();
        change(draft);
        draft.Release();
        Apply(draft);
    }

    private void Put(string id)
    {
        var todo = JsonNode.Parse(Task(id).ToJson())!.AsObject();
        if (!One(5))
            todo["created"] = (Begin + TimeSpan.FromMinutes(random.Next(3))).ToString(One(4) ? "s" : "O");
        if (One(15))
            todo["dependencies"]!.AsArray().Add(new JsonObject { ["odd"] = 1 });
        var text = JsonValue.Create(todo.ToJsonString())!.ToJsonString();
        Apply(JournalLine.Of(State.Version + 1, Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","raw":{{text}}}"""), Now, Scene.By));
    }

    private AgentTask Task(string id)
    {
        var status = One(2) ? AgentTaskStatus.Todo : (AgentTaskStatus)random.Next((int)AgentTaskStatus.Unknown + 1);
        var isActive = status == AgentTaskStatus.InProgress ? !One(4) : One(4);
        var (host, pid, start) = Process();
        var agent = Pick(Names);
        var execution = new TaskExecution
        {
            Claim = !isActive ? null
                : new TaskClaim(random.Next(1, 50), agent, Time(60)!.Value, Time(60)!.Value, TimeSpan.FromSeconds(60), host, pid, start),
            NotBefore = One(5) ? Time(60) : null,
            StartedAt = status == AgentTaskStatus.InProgress && !One(5) ? Time(60) : null,
            TimeLimit = One(2) ? TimeSpan.FromSeconds(random.Next(1, 60)) : null,
            MaxAttempt = random.Next(1, 4),
            Attempt = random.Next(3),
            Strikes = random.Next(3),
            Files = One(4) ? [Pick(Paths)] : [],
            AllowedAgents = One(6) ? [Pick(Names), Pick(Names)] : [],
            Block = status == AgentTaskStatus.Blocked && One(2) || One(20) ? new TaskBlock(Pick(Ids), Pick(Ids)) : null,
            Failure = One(8) ? new TaskFailure("r", Now, agent) : null,
        };
        return Scene.Stored(new AgentTask(new TaskFacts
        {
            Id = id,
            Name = id,
            Status = status,
            StatusText = TodoWords.Of(status),
            Priority = (TaskPriority)random.Next(4),
            Dependencies = One(3) ? [Pick(Ids)] : [],
            Assignee = isActive || One(5) ? new Assignee(One(5) ? "human" : One(5) ? "host" : "agent", One(6) ? Pick(Names) : agent) : null,
            Requires = One(6) ? [One(4) ? "y" : "x"] : [],
            Swarm = One(4) ? Pick(["s", "r"]) : null,
            Tags = One(3) ? ["t"] : [],
            Execution = execution,
        }));
    }

    private (string? Host, int? Pid, string? Start) Process() => random.Next(6) switch
    {
        0 => (null, null, null),
        1 => ("old", random.Next(1, 5), "s"),
        2 => ("far", random.Next(1, 5), "s"),
        _ => ("here", random.Next(1, 5), One(9) ? null : "s"),
    };

    private DateTimeOffset? Time(int seconds) => Now + TimeSpan.FromSeconds(random.Next(-seconds, seconds));

    private bool One(int of) => random.Next(of) == 0;

    private T Pick<T>(T[] items) => items[random.Next(items.Length)];

    private static void Toggle<T>(HashSet<T> set, T item)
    {
        if (!set.Remove(item))
            set.Add(item);
    }
}
