using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using TaskLocking.FileStore;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Values;

/// <summary>Nobody can change what the store decides by what it handed out, nor by what he asked it for.</summary>
public sealed class HandedOutTests : IDisposable
{
    private static readonly DateTimeOffset Later = DateTimeOffset.UtcNow.AddDays(300);

    private readonly TempWorkspace _place = new(inMemory: true);
    private readonly TaskBoard _board;
    private readonly List<object?> _handed = [];

    public HandedOutTests()
    {
        _board = _place.Open();
        Hand(_board.RegisterAgents([new AgentProfile("ann", Host: "h", Capabilities: ["c", "d"]), new AgentProfile("bob"),
            new AgentProfile("kim", "human"), new AgentProfile("", Type: "x")]));
        Hand(_board.Define(
        [
            new TaskDefinition("first") { Tags = ["x", "y"], Files = ["a"], Priority = TaskPriority.Critical },
            new TaskDefinition("waits") { Dependencies = ["first"], Requires = ["c"], AllowedAgents = ["ann"], Swarm = "s" },
            new TaskDefinition("fails") { Priority = TaskPriority.High },
            new TaskDefinition("blocked") { Dependencies = ["fails"] },
            new TaskDefinition("lost") { Dependencies = ["nowhere"] },
            new TaskDefinition("given"),
                new TaskDefinition("later") { NotBefore = Later, RetryDelay = TimeSpan.FromMinutes(1), TimeLimit = TimeSpan.FromHours(1) },
                    new TaskDefinition("gone"),
            new TaskDefinition("first"),
            new TaskDefinition("whole"),
            new TaskDefinition("part") { Parent = "whole", NotBefore = Later },
        ]));
        var reports = new List<CommitReport>();
        Hand(_board.Request(new TaskRequest(new LeaseHolder("ann")), new CommitOptions { OnCommitted = reports.Add }));
        Hand(reports);
        Hand(_board.Start([new StartRequest("first", new LeaseHolder("ann"))]));
        Hand(_board.Request(new TaskRequest(new LeaseHolder("bob"))));
        Hand(_board.Start([new StartRequest("fails", new LeaseHolder("bob"))]));
        Hand(_board.Fail([new FailRequest("fails", "bob", "no reason")]));
        Hand(_board.CompleteAndRequest([new CompleteRequest("none", "ann")], new TaskRequest(new LeaseHolder("ann"))));
        Hand(_board.Assign(new AssignmentRequest(["given"], "human", "kim")));
        Hand(_board.Assign(new AssignmentRequest(["given", "none"], "agent", "bob") { SkipConflict = true }));
        Hand(_board.LockFiles(new FileLeaseRequest(new LeaseHolder("bob"), ["b"])));
        Hand(_board.LockFiles(new FileLeaseRequest(new LeaseHolder("zoe"), ["b", "c"])));
        Hand(_board.Renew([new RenewRequest("first", "ann"), new RenewRequest("first", "bob"),
            new RenewRequest("first", "ann") { Token = 999 }]));
        Hand(_board.Remove([new TaskRemoval("gone"), new TaskRemoval("first")]));
        Hand(_board.Edit([new TaskEdit("later") { Name = "n" }]));
        Hand(_board.AddDependencies([new DependencyEdit("later", ["first"])]));
        Hand(_board.RunAssignment(new AssignmentRunRequest { WhatIf = true }));
        Hand(_board.GetWork());
        using (var feed = _board.OpenFeed(TaskFeed.Oldest))
            Hand(feed.Read());
        using (_board.HoldResources([new ResourceLimit("gpu")], []))
            Hand(_board.GetResources());
        Hand(_board.Import(new ImportRequest([new ImportFile("plan", "{\"id\":\"first\",\"name\":\"other\"}"u8.ToArray())])));
        Hand(_board.AddNotes([new NoteRequest("later", "a note")]));
        Hand(_board.PauseSwarms(["s", "none"], "why"));
        Hand(_board.GetSwarms());
        Hand(_board.ResumeSwarms(["s"]));
        _board.Transact(new RecordRunRule(new AssignmentRun { Archived = ["x"] }, null), 1, null, default);
        Hand(_board.GetLastRun()!);
        Hand(_board.ArchiveTasks(options: new CommitOptions { WhatIf = true }));
        Hand(_board.Sync());
        using var elsewhere = new TempWorkspace(inMemory: true);
        using var other = elsewhere.Open();
        other.Define([new TaskDefinition("first")]);
        Hand(BoardMerge.Run(other, _board));
    }

    public void Dispose()
    {
        _board.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void What_was_handed_out_changes_no_decision()
    {
        var before = Picture.Of(_board);
        var vandal = new Vandal();
        vandal.Visit(_handed);
        Ask(_board).ForEach(vandal.Visit);
        using var another = _place.Open();
        Assert.Equal(before, Picture.Of(_board));
        Assert.Equal(before, Picture.Of(another));
        Assert.Empty(ReachedByTheBoard().Except(vandal.Met));
        Assert.DoesNotContain(vandal.Changed,
            change => OutputTypes.Shared.Any(type => change.StartsWith(type.Name + ".", StringComparison.Ordinal)));

        Assert.Null(_board.Request(new TaskRequest(new LeaseHolder("ann")) { Capabilities = ["c"] }).Task);
        Assert.Equal(RefusalCode.LeaseLost,
            Assert.Single(_board.Complete([new CompleteRequest("first", "ann") { Token = 99 }])).Refusal!.Code);
        Assert.True(Assert.Single(_board.Edit([new TaskEdit("waits") { Name = "vandal" }])).Changed);
        Assert.Equal("vandal", another.FindTask("waits")!.Name);
        Assert.Null(Assert.Single(_board.Complete([new CompleteRequest("first",
            "ann") { Token = another.FindTask("first")!.Claim!.Token }])).Refusal);
        Assert.Equal("waits", _board.Request(new TaskRequest(new LeaseHolder("ann")) { Capabilities = ["c"] }).Task!.Id);
    }

    [Fact]
    public void A_snapshot_can_be_changed_by_nobody_either()
    {
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions());
        var state = store.Read();
        var before = state.Tasks.Select(task => task.ToJson()).ToList();
        var vandal = new Vandal();
        vandal.Visit(state);
        vandal.Visit(state.Agents);
        vandal.Visit(state.FileLeases);
        // To a shell the public members of a type that is not public are public.
        Assert.Equal(typeof(ITaskState).GetMembers().Select(member => member.Name).Order(),
            state.GetType().GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(member => member is not ConstructorInfo).Select(member => member.Name).Order());
        Assert.DoesNotContain(vandal.Changed, change => !change.EndsWith("[]", StringComparison.Ordinal));
        Assert.Equal(before, store.Read().Tasks.Select(task => task.ToJson()));
        Assert.Equal(["ann", "bob", "kim"], store.Read().Agents.Select(agent => agent.Name));
        Assert.Equal(2, store.Read().FileLeases.Count);
    }

    [Fact]
    public void Lists_that_hang_on_what_is_handed_out_cannot_be_changed()
    {
        using var topics = TopicStore.Open(_place.Path, "specs");
        _handed.AddRange([topics.Create(["one"]), topics.Check(), _board.Hold(["first", "given"]), Refusals()]);
        _handed.AddRange(Ask(_board));
        foreach (var (owner, list) in Lists(_handed, new HashSet<object>(ReferenceEqualityComparer.Instance)))
        {
            Assert.False(list is Array { Length: > 0 }, owner);
            Assert.True(list is Array or IList { IsReadOnly: true } or IDictionary { IsReadOnly: true }, $"{owner} is a {list.GetType()}");
        }
    }

    [Fact]
    public void A_copy_shares_no_part_with_what_it_was_made_of()
    {
        var task = _board.FindTask("first")!;
        var (agent, lease, tested) = (_board.GetAgents()[0], _board.GetFileLeases()[0],
            _board.TestFiles(new FileLeaseRequest(new LeaseHolder("zoe"), ["a"]))[0]);
        var assigned = _board.Assign(new AssignmentRequest(["given", "first"], "agent", "bob") { SkipConflict = true });
        foreach (var (one, other) in new (object, object)[] { (task, task with { }),
            (_board.FindTask("fails")!, _board.FindTask("fails")! with { }),
                (_board.FindTask("blocked")!, _board.FindTask("blocked")! with { }),
            (agent, agent with { }), (lease, lease with { }), (tested, tested with { }), (assigned, assigned with { }) })
        {
            var parts = Parts(one).ToHashSet(ReferenceEqualityComparer.Instance);
            Assert.NotEmpty(parts);
            Assert.DoesNotContain(Parts(other), parts.Contains);
        }
        Assert.Equal(task.ToJson(), (task with { }).ToJson());
    }

    // Of our own types, and lists with something in them.
    private static IEnumerable<object> Parts(object value)
    {
        if (value is not string
            && (value is IEnumerable ? ((IEnumerable)value).Cast<object>().Any() : OutputTypes.IsOurs(value.GetType())
                && value is not (Enum or Refusal)))
            yield return value;
        var parts = value switch
        {
            string or Enum or Refusal => [],
            IEnumerable items => items.Cast<object?>(),
            _ when OutputTypes.IsOurs(value.GetType()) =>
                value.GetType().GetProperties().Select(property => property.GetValue(value)),
            _ => [],
        };
        foreach (var part in parts.OfType<object>().SelectMany(Parts))
            yield return part;
    }

    private static IEnumerable<(string Owner, object List)> Lists(object? value, HashSet<object> seen)
    {
        if (value is null or string or Delegate || value.GetType().IsPrimitive || !seen.Add(value))
            yield break;
        var ours = OutputTypes.IsOurs(value.GetType()) && !value.GetType().IsGenericType;
        foreach (var property in ours && value is not LockSession ? value.GetType().GetProperties() : [])
        {
            var part = property.GetValue(value);
            if (part is IEnumerable and not string)
                yield return ($"{value.GetType().Name}.{property.Name}", part);
            foreach (var deeper in Lists(part, seen))
                yield return deeper;
        }
        foreach (var deeper in (value is IEnumerable items ? items.Cast<object?>() : []).ToList().SelectMany(item => Lists(item, seen)))
            yield return deeper;
    }

    private static List<object?> Ask(TaskBoard board) =>
    [
        board.GetTasks(), board.FindTask("first"), board.GetHistory("first"), board.GetWorkload(), board.GetReady(),
            board.Explain("first"), board.Explain("waits"),
        board.GetProgress(), board.CheckGraph(), board.GetAgents(), board.GetFileLeases(),
            board.TestFiles(new FileLeaseRequest(new LeaseHolder("zoe"), ["b"])),
        board.GetMetrics(), board.TakeNotices(),
    ];

    private static List<Refusal> Refusals()
    {
        try
        {
            throw new TaskLockingException(new Refusal(RefusalCode.BatchRefused, "m", Ids: ["a", "b"]));
        }
        catch (TaskLockingException refused)
        {
            return [refused.Refusal];
        }
    }

    private static HashSet<Type> ReachedByTheBoard()
    {
        var reached = typeof(TaskBoard).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName)
            .SelectMany(method => OutputTypes.Parts(method.ReturnType)).ToHashSet();
        // What a disk has to be broken for, what is a hold and no value, and what a conflict is told by where one was asked to be told.
        reached.ExceptWith([typeof(StoreNotice), typeof(TaskHold), typeof(TaskFeed), typeof(HookFeed)]);
        return reached;
    }

    private void Hand(object answer) => _handed.Add(answer);
}
