using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Board;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.Tests.Tasks;

public sealed class NewNamesTests
{
    [Theory]
    [InlineData("t-1")]
    [InlineData("T\u20111")]
    [InlineData("\uff34-1")]
    [InlineData("\u0422-1")]
    public void An_id_that_looks_like_another_is_refused_and_the_other_is_named(string id)
    {
        var draft = Scene.Draft(Scene.Task("T-1"));
        var refusal = Assert.Single(Define(draft, new TaskDefinition(id))).Refusal!;
        Assert.Equal((RefusalCode.InvalidArgument, id), (refusal.Code, refusal.TaskId));
        Assert.Equal(["T-1"], refusal.Ids);
        Assert.Contains("'T-1'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, draft.Count);
    }

    [Fact]
    public void Of_a_batch_the_first_of_those_that_look_alike_is_defined()
    {
        var outcomes = Define(Scene.Draft(), new TaskDefinition("a"), new TaskDefinition("A"), new TaskDefinition("b"),
            new TaskDefinition("a"), new TaskDefinition("\uff42"));
        Assert.Equal([null, RefusalCode.InvalidArgument, null, RefusalCode.TaskAlreadyDefined, RefusalCode.InvalidArgument],
            outcomes.Select(outcome => outcome.Code()));
    }

    [Fact]
    public void Two_that_a_file_brought_in_are_both_used_on()
    {
        var draft = Scene.Draft(Scene.Task("T"), Scene.Task("t"), Scene.Task("x\u200b"));
        var outcomes = new EditRule([new TaskEdit("T") { Name = "one" }, new TaskEdit("t") { Name = "two" },
            new TaskEdit("x\u200b") { Dependencies = ["t"] }]).Decide(draft);
        Assert.All(outcomes, outcome => Assert.True(outcome.Changed));
        Assert.Equal(RefusalCode.TaskAlreadyDefined, Assert.Single(Define(draft, new TaskDefinition("t"))).Code());
    }

    [Theory]
    [InlineData("Nightly", null)]
    [InlineData("nightly", "'Nightly'")]
    [InlineData("night\u200bly", "U+200B")]
    [InlineData("weekly", null)]
    public void Swarms_and_tags_are_judged_as_ids_are(string name, string? named)
    {
        var draft = Scene.Draft(Scene.Task("T").Having(facts => facts with { Swarm = "Nightly", Tags = ["x", "Nightly"] }));
        var outcomes = Define(draft, new TaskDefinition("A") { Swarm = name }, new TaskDefinition("B") { Tags = ["y", name] });
        Assert.All(outcomes, outcome => Assert.Equal(named is not null,
            outcome.Refusal?.Message.Contains(named ?? "", StringComparison.Ordinal) == true));
        var edited = Assert.Single(new EditRule([new TaskEdit("T") { Tags = [name] }]).Decide(draft));
        Assert.Equal(named is not null, edited.Code() == RefusalCode.InvalidArgument);
    }

    [Fact]
    public void Of_a_batch_the_second_spelling_of_a_tag_is_refused()
    {
        var outcomes = Define(Scene.Draft(), new TaskDefinition("A") { Tags = ["one"] }, new TaskDefinition("B") { Tags = ["ONE"] },
            new TaskDefinition("C") { Tags = ["one"] });
        Assert.Equal([null, RefusalCode.InvalidArgument, null], outcomes.Select(outcome => outcome.Code()));
    }

    [Fact]
    public void Names_that_a_file_brought_in_are_no_new_ones()
    {
        var task = Scene.Task("T").OwnedBy("bo\u200bb").Having(facts => facts with { Swarm = "s\u202e", Tags = ["t\u200b", "T\u200b"] });
        var draft = Scene.Draft(task);
        var outcomes = new EditRule([new TaskEdit("T") { Swarm = "s\u202e", Tags = ["t\u200b", "T\u200b", "more"], Agent = "bo\u200bb" }])
            .Decide(draft);
        Assert.Null(Assert.Single(outcomes).Refusal);
        var failed = new FailRule([new FailRequest("T", "bo\u200bb", "why")]).Decide(draft);
        Assert.Equal(RefusalCode.StatusConflict, Assert.Single(failed).Code());
        Assert.Null(NewNames.NamedAgent(draft, "bo\u200bb"));
        Assert.NotNull(NewNames.NamedAgent(draft, "bo\u200b"));
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("BOB")]
    [InlineData("B\u043eb")]
    [InlineData("Bob\u200b")]
    [InlineData(" Bob")]
    public void An_agent_is_registered_or_looks_like_none_that_is(string name)
    {
        var state = new MemoryState(Scene.Task("T"));
        state.Registered.Add(new AgentProfile("Bob"));
        var registered = new RegisterAgentRule([new AgentProfile(name)]).Decide(Scene.Draft(state));
        Assert.Equal(RefusalCode.InvalidArgument, Assert.Single(registered).Refusal?.Code);
        AssertRefused(() => new AssignRule(new AssignmentRequest(["T"], "agent", name)).Decide(Scene.Draft(state)));
        AssertRefused(() => Request(name).Decide(Scene.Draft(state)));
        AssertRefused(() => Leases.FileScene.Lock(Scene.Draft(state), name, ["x"]));
        TaskDefinition[] definitions = [new("A") { Agent = name }, new("A") { AllowedAgents = ["Bob", name] }];
        Assert.All(Define(Scene.Draft(state), definitions), outcome => Assert.Equal(RefusalCode.InvalidArgument, outcome.Code()));
        Assert.Null(Assert.Single(new RegisterAgentRule([new AgentProfile("Bob", MaxTasks: 2)]).Decide(Scene.Draft(state))).Refusal);
    }

    [Theory]
    [InlineData("claim", "B\u043eb")]
    [InlineData("claim", "BOB")]
    [InlineData("claim", "ꓐꓳꓐ")]
    [InlineData("assignment", "B\u0585b")]
    [InlineData("text", "bob")]
    [InlineData("file", "bob")]
    public void Nobody_gets_a_task_who_is_taken_for_one_that_has_something(string has, string name)
    {
        using var workspace = new Storage.TempWorkspace(inMemory: true);
        System.IO.Directory.CreateDirectory(workspace.In(".todo2"));
        var member = has switch
        {
            "claim" => """
                "changes":[{"field":"claim","newValue":"x"}],
                "taskLocking":{"claim":{"token":5,"agent":"Bob","expires":"2100-01-01T00:00:00Z"}}
                """,
            "assignment" => """ "assignee": {"type":"agent", "name" : "Bob"}""",
            "text" => """ "assignee":"Bob" """,
            _ => """ "name":"none" """,
        };
        System.IO.File.WriteAllText(workspace.In(".todo2", "state.todo2.json"),
            "{\"todos\":[{\"id\":\"A\"," + member + "},{\"id\":\"T\"}]}");
        using var board = workspace.Open(oneShot: true);
        if (has == "file")
            board.LockFiles(new FileLeaseRequest(new LeaseHolder("Bob"), ["x"]));
        foreach (var _ in new[] { 1, 2 })
        {
            AssertRefused(() => board.Assign(new AssignmentRequest(["T"], "agent", name)));
            Assert.True(board.Assign(new AssignmentRequest(["T"], "agent", "Bob")).Success);
            Assert.True(board.Unassign(new UnassignmentRequest(["T"]) { From = "Bob" }).Success);
            board.Edit([new TaskEdit("T") { Name = "again" }]);
        }
        board.RegisterAgents([new AgentProfile("other")]);
        Assert.True(board.Assign(new AssignmentRequest(["T"], "agent", "Bobby")).Success);
    }

    [Fact]
    public void Two_that_look_alike_are_not_registered_in_one_call()
    {
        var outcomes = new RegisterAgentRule([new AgentProfile("a"), new AgentProfile("A")]).Decide(Scene.Draft());
        Assert.Equal([null, RefusalCode.InvalidArgument], outcomes.Select(outcome => outcome.Refusal?.Code));
    }

    [Fact]
    public void Who_works_under_a_name_keeps_others_from_one_that_looks_like_it()
    {
        var draft = Scene.Draft(Scene.Task("T"), Scene.Task("U"));
        var rule = Request("bob");
        Assert.NotNull(rule.Decide(draft).Task);
        AssertRefused(() => Request("Bob").Decide(draft));
        Assert.NotNull(rule.Decide(draft).Task);
        var leased = Leases.FileScene.Draft(Leases.FileScene.Lease("x", "bob"));
        AssertRefused(() => Leases.FileScene.Lock(leased, "Bob", ["y"]));
        Assert.True(Leases.FileScene.Lock(leased, "bob", ["y"]).Success);
    }

    [Theory]
    [InlineData("id", "t-1", false)]
    [InlineData("id", "T-2", true)]
    [InlineData("swarm", "Night", false)]
    [InlineData("swarm", "day", true)]
    [InlineData("tag", "Night", false)]
    [InlineData("agent", "bob", false)]
    public void What_came_in_between_is_seen_under_the_lock(string kind, string name, bool holds)
    {
        var state = new BoardState();
        state.Apply(Line(1, """{"id":"x","new":{"id":"x","name":"x","status":"Todo"}}"""));
        var draft = new TaskDraft(state, Scene.Now, Scene.By, 2);
        Assert.Null(Assert.Single(Define(draft, new TaskDefinition("T-1") { Swarm = "night", Tags = ["night"], Agent = "Bob" })).Refusal);
        state.Apply(Line(2, (kind switch
        {
            "id" => """{"id":"NAME","new":{"id":"NAME","name":"n","status":"Todo"}}""",
            "swarm" => """{"id":"y","new":{"id":"y","name":"n","status":"Todo","taskLocking":{"swarm":"NAME"}}}""",
            "tag" => """{"id":"y","new":{"id":"y","name":"n","status":"Todo","tags":["NAME"]}}""",
            _ => """{"record":"agent","key":"NAME","value":{"name":"NAME","type":"agent"}}""",
        }).Replace("NAME", name, StringComparison.Ordinal)));
        Assert.Equal(holds, draft.HoldsOn(state));
    }

    [Fact]
    public void The_state_knows_its_names_after_every_change()
    {
        var state = new BoardState();
        state.Apply(Line(1, """{"id":"x","new":{"id":"x","name":"x","status":"Todo","tags":["one"]}}"""));
        Assert.Equal(("x", "one"), (state.FindIdLike("X"), state.Names.Tags.FindLike("ONE")));
        state.Apply(Line(2, """{"id":"x","set":{"tags":["two"]},"log":[]}"""));
        Assert.Equal((null, "two"), (state.Names.Tags.FindLike("ONE"), state.Names.Tags.FindLike("TWO")));
        state.Apply(Line(3, """{"id":"y","new":{"id":"y","name":"y","status":"Todo"}}"""));
        Assert.Equal("y", state.FindIdLike("Y"));
        state.Apply(Line(4, """{"id":"x","gone":true}"""));
        Assert.Equal((null, null), (state.FindIdLike("X"), state.Names.Tags.FindLike("TWO")));
        Assert.Equal("y", state.Clone().FindIdLike("Y"));
    }

    private static RequestRule Request(string agent) =>
        new(new TaskRequest(new LeaseHolder(agent)), new Leases.FakeLiveness(_ => null), StringComparison.Ordinal);

    private static byte[] Line(int version, string operation) =>
        Encoding.UTF8.GetBytes(
            $$"""{"v":{{version}},"t":"2026-03-01T12:00:00.000Z","by":"b","n":1,"op":[{{operation}}],"c":"00000000"}""" + "\n");

    private static void AssertRefused(Action act) =>
        Assert.Equal(RefusalCode.InvalidArgument, Assert.Throws<TaskLockingException>(act).Refusal.Code);

    private static IReadOnlyList<TaskOutcome> Define(TaskDraft draft, params TaskDefinition[] definitions) =>
        new DefineRule(definitions).Decide(draft);
}
