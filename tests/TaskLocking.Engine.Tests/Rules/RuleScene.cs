using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.Todo2;

namespace TaskLocking.Tests.Rules;

/// <summary>
/// A random board and what every rule does to it, one act after the other, each with what it decided, the line that came of that and the
/// state after that line. One seed is one scene, always the same.
/// </summary>
internal sealed class RuleScene : ILiveness, IProcessKin, ITaskHolds
{
    public static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Ids = ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "7", "é \\\"q"];
    private static readonly string[] Names = ["a", "b", "c"];
    private static readonly string[] Paths = ["x.cs", "y.cs", "*.cs", "z"];

    private readonly Random _random;
    private readonly HashSet<int> _dead = [];
    private readonly bool _isFine;

    /// <param name="seed">Of all that is random.</param>
    /// <param name="isFine">Whether clock and spans have parts of milliseconds.</param>
    public RuleScene(int seed, bool isFine = false)
    {
        _random = new Random(seed);
        _isFine = isFine;
        State = Document();
    }

    /// <summary>Every rule that there is.</summary>
    public static IReadOnlyList<string> Verbs { get; } =
    [
        "define", "edit", "depend", "undepend", "remove", "merge", "assign", "unassign", "place", "request", "start", "complete",
        "complete-next", "fail", "renew", "give-back", "restart", "lock", "unlock", "register", "unregister", "maintain",
    ];

    /// <summary>
    /// Those that came after the lines were kept: <see cref="Verb"/> never gives them, so that the others stay as they are.
    /// </summary>
    public static IReadOnlyList<string> LaterVerbs { get; } = ["reject", "note", "record", "family"];

    public BoardState State { get; }

    public DateTimeOffset Now { get; private set; } = Begin;

    public bool? IsAlive(string? host, int? pid, string? processStart) =>
        host == "here" && pid is { } number ? !_dead.Contains(number) : null;

    public bool IsBelow(int pid, int ancestor, string start) => pid == ancestor;

    public bool IsOfEarlierBoot(string host, string start, DateTimeOffset since) => false;

    public string? Obstacle(string taskId) => null;

    /// <summary>
    /// Has a rule decide; null where it refuses all of it or changes nothing, else the draft, what became of that and its line. The state
    /// is as before until <see cref="Apply"/>.
    /// </summary>
    public (TaskDraft Draft, Attempt<string> Attempt, ByteBuffer Line)? Decide(string verb)
    {
        Now += Span(1, 40_000);
        if (One(10) && !_dead.Remove(4))
            _dead.Add(4);
        var draft = new TaskDraft(State, Now, "t\"é@here", State.Version + 1, State.NextTaskNumber);
        try
        {
            Run(verb, draft);
            FamilyRise.Settle(draft);
        }
        catch (TaskLockingException)
        {
            return null;
        }
        finally
        {
            draft.Release();
        }
        var attempt = new Attempt<string>("", draft);
        if (attempt.IsEmpty)
            return null;
        var line = attempt.LineFor(State);
        JournalLine.Seal(line, 0);
        return (draft, attempt, line);
    }

    public void Apply(ByteBuffer line) => State.Apply(line.ToArray());

    public string Verb() => Verbs[_random.Next(Verbs.Count)];

    private BoardState Document() =>
        new(TodoDocument.Parse(Encoding.UTF8.GetBytes(new OddTodos(_random, Ids, Names).Document()))) { Version = _random.Next(1, 2000) };

    private void Run(string verb, TaskDraft draft)
    {
        switch (verb)
        {
            case "define":
                new DefineRule([.. Some(4, Definition)]).Decide(draft);
                break;
            case "edit":
                new EditRule([.. Some(3, Edit)], this).Decide(draft);
                break;
            case "depend" or "undepend":
                new DependencyRule([.. Some(3, Dependency)], verb == "undepend", this).Decide(draft);
                break;
            case "remove":
                new RemoveRule([.. Some(2, () => new TaskRemoval(Id(), One(2)))], this).Decide(draft);
                break;
            case "merge":
                new MergeRule(Document(), this).Decide(draft);
                break;
            case "assign":
                new AssignRule(new AssignmentRequest([.. Some(3, Id)], Type(), Name())
                { Force = One(2), SkipConflict = !One(3), Hostname = One(3) ? "h" : null }, this).Decide(draft);
                break;
            case "unassign":
                new UnassignRule(new UnassignmentRequest([.. Some(3, Id)]) { From = Name(), Force = !One(3), SkipConflict = true }, this)
                    .Decide(draft);
                break;
            case "place":
                new PlaceTaskRule(new AssignmentRunRequest(), new Dictionary<string, string>(), this, StringComparison.Ordinal)
                    .Decide(draft);
                break;
            case "register":
                new RegisterAgentRule([.. Some(2, Profile)]).Decide(draft);
                break;
            case "unregister":
                new UnregisterAgentRule([new AgentRemoval(Name(), !One(3))]).Decide(draft);
                break;
            case "lock":
                new LockFilesRule(new FileLeaseRequest(Holder(), [.. Some(2, Path)]) { Ttl = Ttl(), IsShared = One(2), Force = One(3) },
                    this, StringComparison.Ordinal).Decide(draft);
                break;
            case "unlock":
                new UnlockFilesRule(new FileUnlockRequest(Name()) { Paths = [.. Some(2, Path)], Force = One(2) }, this,
                    StringComparison.Ordinal).Decide(draft);
                break;
            default:
                RunLife(verb, draft);
                break;
        }
    }

    private void RunLife(string verb, TaskDraft draft)
    {
        switch (verb)
        {
            case "request":
                Request().Decide(draft);
                break;
            case "start":
                new StartRule([.. Some(3, Beginning)], this, StringComparison.Ordinal).Decide(draft);
                break;
            case "complete":
                new CompleteRule([.. Some(3, Completion)]).Decide(draft);
                break;
            case "complete-next":
                new CompleteNextRule(new CompleteRule([Completion()]), Request()).Decide(draft);
                break;
            case "fail":
                new FailRule([.. Some(2, Failing)], this).Decide(draft);
                break;
            case "renew":
                new RenewRule([.. Some(3, Renewal)], this).Decide(draft);
                break;
            case "give-back":
                var claimed = State.Tasks.Where(task => task.Claim is not null).ToList();
                new GiveBackRule([.. claimed.Where(_ => One(2)).Select(task =>
                    new GiveBackRequest(task.Id, task.Claim!.Agent, task.Claim.Token))]).Decide(draft);
                break;
            case "reject":
                new RejectRule([.. Some(2, () => new RejectRequest(Reviewed()?.Id ?? Id(), "not \"good\" é"))]).Decide(draft);
                break;
            case "note":
                new NoteRule([.. Some(3, () => new NoteRequest(Id(), "\"é\"\n\ttwo") { Kind = Pick(["note", "result"]) })]).Decide(draft);
                break;
            case "record":
                new RecordRunRule(new AssignmentRun { Started = Now, Archived = [.. Some(3, Id)] }, One(2) ? "s é" : null).Decide(draft);
                break;
            case "family":
                new DefineRule([.. Some(2, () => Definition() with { Parent = One(3) ? null : Id() })]).Decide(draft);
                new EditRule([.. Some(4, () => Edit() with { Parent = One(5) ? "" : Id() })], this).Decide(draft);
                break;
            case "restart":
                new RestartRule([.. Some(2, () => new RestartRequest(Id()) { Force = !One(3) })], this).Decide(draft);
                break;
            default:
                new MaintenanceRule(this, this).Decide(draft);
                break;
        }
    }

    private RequestRule Request() => new(new TaskRequest(Holder())
    {
        Ttl = Ttl(),
        Start = One(2),
        Count = _random.Next(1, 3),
        Capabilities = One(2) ? ["x"] : [],
        OnOverlap = One(2) ? FileOverlap.Warn : FileOverlap.Deny,
    }, this, StringComparison.Ordinal, this);

    private StartRequest Beginning() => new(Id(), Holder()) { Ttl = Ttl(), Force = One(2), OnOverlap = FileOverlap.Warn };

    private CompleteRequest Completion()
    {
        var task = Running();
        return new CompleteRequest(task?.Id ?? Id(), One(5) ? Name() : task?.Owner ?? Name())
        {
            ForReview = One(3),
            Type = One(3) ? "human" : "agent",
            Force = true,
        };
    }

    private FailRequest Failing()
    {
        var task = Running();
        return new FailRequest(task?.Id ?? Id(), task?.Owner ?? Name(), "broken: \"é\"") { IsFinal = One(2), Force = true };
    }

    private RenewRequest Renewal()
    {
        var task = Running();
        return new RenewRequest(task?.Id ?? Id(), task?.Owner ?? Name())
        {
            Ttl = One(2) ? Ttl() : null,
            Pid = One(2) ? 3 : null,
            Host = "here",
            ProcessStart = "s",
            Force = true,
        };
    }

    private AgentTask? Reviewed()
    {
        var reviewed = State.Tasks.Where(task => task.Status is AgentTaskStatus.Review).ToList();
        return reviewed.Count == 0 ? null : Pick(reviewed);
    }

    private AgentTask? Running()
    {
        var running = State.Tasks.Where(task => task.Status is AgentTaskStatus.InProgress or AgentTaskStatus.Review).ToList();
        return running.Count == 0 ? null : Pick(running);
    }

    private TaskDefinition Definition() => new(One(3) ? "N" + _random.Next(40) : Id() + "é" + _random.Next(40))
    {
        Name = One(2) ? "a \"name\" é" : null,
        Agent = One(3) ? Name() : null,
        TaskFile = One(3) ? "tasks/t.md" : null,
        Content = One(2) ? "line\nline\t\u2028" : null,
        Priority = (TaskPriority)_random.Next(4),
        Dependencies = [.. Some(2, Id)],
        Swarm = One(3) ? "s" : null,
        Tags = One(2) ? ["t", "u", "t"] : [],
        Requires = One(4) ? ["x"] : [],
        AllowedAgents = One(5) ? ["a", "b"] : [],
        Files = One(3) ? ["x.cs", "*.cs"] : [],
        MaxAttempt = _random.Next(1, 4),
        RetryDelay = One(3) ? Ttl() : null,
        TimeLimit = One(3) ? Ttl() : null,
        NotBefore = One(3) ? Now + Ttl() - TimeSpan.FromSeconds(30) : null,
        NeedsReview = One(3),
    };

    private TaskEdit Edit() => new(Id())
    {
        Name = One(4) ? "another é" : null,
        Status = One(2) ? (AgentTaskStatus)_random.Next((int)AgentTaskStatus.Unknown) : null,
        Priority = One(3) ? (TaskPriority)_random.Next(4) : null,
        Content = One(4) ? Pick(["", "text", "text\r\n2"]) : null,
        Agent = One(5) ? Pick(["", "a"]) : null,
        TaskFile = One(5) ? Pick(["", "f.md"]) : null,
        Swarm = One(5) ? Pick(["", "s"]) : null,
        Tags = One(4) ? [.. Some(2, () => Pick(["t", "v é"]))] : null,
        Dependencies = One(3) ? One(4) ? ["{\"odd\":1}", Id()] : [.. Some(3, Id)] : null,
        Requires = One(5) ? Pick<string[]>([[], ["x"]]) : null,
        AllowedAgents = One(5) ? Pick<string[]>([[], ["a"]]) : null,
        Files = One(5) ? Pick<string[]>([[], ["z"]]) : null,
        MaxAttempt = One(5) ? _random.Next(1, 5) : null,
        RetryDelay = One(5) ? Pick([TimeSpan.Zero, TimeSpan.FromSeconds(90.25)]) : null,
        TimeLimit = One(5) ? Pick([TimeSpan.Zero, TimeSpan.FromMinutes(90)]) : null,
        NotBefore = One(4) ? Now + TimeSpan.FromSeconds(_random.Next(-90, 90)) : null,
        NeedsReview = One(5) ? One(2) : null,
        Proof = One(2) ? new ClaimProof { Force = true } : null,
    };

    private DependencyEdit Dependency() => new(Id(), [.. Some(2, Id), .. One(4) ? ["{\"odd\":1}"] : Array.Empty<string>()]);

    private AgentProfile Profile() => new(Name(), Pick(["agent", "human", "host"]), One(3) ? "h é" : null, One(2) ? ["x"] : [],
        _random.Next(1, 9));

    private LeaseHolder Holder() => One(4) ? new LeaseHolder(Name()) { Type = Type() }
        : new LeaseHolder(Name()) { Host = "here", Pid = _random.Next(1, 5), ProcessStart = "s", Type = One(2) ? Type() : null };

    private TimeSpan Ttl() => Span(1_000, 90_000);

    private TimeSpan Span(int least, int most) =>
        TimeSpan.FromMilliseconds(_random.Next(least, most)) + TimeSpan.FromTicks(_isFine ? _random.Next(10_000) : 0);

    private string? Type() => Pick(["agent", "agent", "human", null]);

    private string Id() => Pick(Ids).Replace("\\", "", StringComparison.Ordinal);

    private string Name() => Pick(Names);

    private string Path() => Pick(Paths);

    private List<T> Some<T>(int most, Func<T> make) => Enumerable.Range(0, _random.Next(1, most + 1)).Select(_ => make()).ToList();

    private bool One(int of) => _random.Next(of) == 0;

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
