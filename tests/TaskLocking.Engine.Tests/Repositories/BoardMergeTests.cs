using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using TaskLocking.Model;
using TaskLocking.StoreContract;
using Xunit;

namespace TaskLocking.Tests.Repositories;

/// <summary>Two boards that should have been one become one, and nothing of either is dropped.</summary>
public sealed class BoardMergeTests : IDisposable
{
    private readonly GitScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void New_tasks_come_whole_what_both_have_stays_and_the_other_is_kept_aside()
    {
        var later = new MovedClock();
        later.Move(TimeSpan.FromSeconds(1));
        using (var main = TaskBoard.Open(_scene.Repository("main")))
        using (var tree = TaskBoard.Open(
            GitScene.Link(_scene.In("main", ".git"), _scene.In("tree")), new TaskBoardOptions { Clock = later }))
        {
            foreach (var board in new[] { main, tree })
                board.Define([new TaskDefinition("both"), new TaskDefinition("same") { Name = "alike" }]);
            tree.Edit([new TaskEdit("both") { Name = "as the tree has it" }]);
            tree.Define([new TaskDefinition("new") { Tags = ["x"], Dependencies = ["done"] }, new TaskDefinition("done"),
                new TaskDefinition("taken") { Files = ["src/a.cs"] }]);
            tree.Assign(new AssignmentRequest(["done", "taken"], "agent", "a"));
            tree.Start([new StartRequest("done", new LeaseHolder("a")), new StartRequest("taken", new LeaseHolder("a"))]);
            tree.Complete([new CompleteRequest("done", "a")]);
            var report = BoardMerge.Run(tree, main);
            Assert.Equal(["new", "done", "taken"], report.Added);
            // Each was defined at another time.
            Assert.Equal(["both", "same"], report.Differing);
            Assert.Equal(["taken"], report.Released);
            Assert.Equal(["both", "same"], JsonDocument.Parse(File.ReadAllText(report.KeptAside!)).RootElement.EnumerateArray()
                .Select(todo => todo.GetProperty("id").GetString()));
            Assert.Equal("both", main.FindTask("both")!.Name);
            var taken = main.FindTask("taken")!;
            Assert.Equal((AgentTaskStatus.Todo, null, null), (taken.Status, taken.Claim, taken.Assignee));
            Assert.Equal(AgentTaskStatus.Done, main.FindTask("done")!.Status);
            Assert.Contains(main.GetHistory("done"), entry => entry is { Field: "status", NewValue: "Done" });
            Assert.Equal("new", Assert.Single(main.GetReady(new() { Tags = ["x"] })).Id);
            Assert.Empty(BoardMerge.Run(tree, main).Added);
        }
        // The worktree's own is a copy from now on, in which everything stands.
        Assert.Equal(_scene.In("main"), WorkspacePath.Find(null, _scene.In("tree")));
        Assert.Contains("as the tree has it", File.ReadAllText(_scene.In("tree", ".todo2", "state.todo2.json")), StringComparison.Ordinal);
        using var again = TaskBoard.Open(_scene.In("main"));
        Assert.Equal(5, again.GetTasks().Count);
    }

    [Fact]
    public void What_both_have_alike_is_told_so_and_what_nobody_here_knows_comes_along()
    {
        foreach (var name in new[] { "one", "two" })
        {
            Directory.CreateDirectory(_scene.In(name, ".todo2"));
            File.WriteAllText(_scene.In(name, ".todo2", "state.todo2.json"), $$$"""
                {"todos": [
                  {"id": "A", "name": "a", "status": "Todo", "estimatedHours": 1.50},
                  {"id": "{{{name}}}", "name": "own",
                   "status": "Todo", "long": {"deep": [1, 2.0, null]}}
                ]}
                """);
        }
        using var one = TaskBoard.Open(_scene.In("one"));
        using var two = TaskBoard.Open(_scene.In("two"));
        var report = BoardMerge.Run(two, one);
        Assert.Equal("A | two | 0 | ", $"{report.Same} | {report.Added} | {report.Differing.Count} | {report.Retired}");
        Assert.Equal("""{"deep":[1,2.0,null]}""",
            JsonDocument.Parse(one.FindTask("two")!.ToJson()).RootElement.GetProperty("long").GetRawText()
                .Replace(" ", "", StringComparison.Ordinal));
        // No worktree: it goes on as the board that it is.
        Assert.Equal(2, two.GetTasks().Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_token_of_the_other_store_is_ever_one_here(bool areInBoth)
    {
        using (var main = TaskBoard.Open(_scene.Repository("main")))
        using (var tree = TaskBoard.Open(GitScene.Link(_scene.In("main", ".git"), _scene.In("tree"))))
        {
            tree.Define([new TaskDefinition("A")]);
            main.Define([new TaskDefinition(areInBoth ? "A" : "B")]);
            for (var i = 0; i < 20; i++)
                tree.Edit([new TaskEdit("A") { Name = "n" + i }]);
            tree.Assign(new AssignmentRequest(["A"], "agent", "a"));
            tree.Start([new StartRequest("A", new LeaseHolder("a"))]);
            var token = tree.FindTask("A")!.Claim!.Token;
            var last = tree.State(default).Version;
            var report = BoardMerge.Run(tree, main);
            Assert.Equal(["A"], report.Released);
            Assert.Equal(areInBoth ? ["A"] : [], report.Differing);
            Assert.True(main.State(default).Version > last + StoreLife.Skip, $"{main.State(default).Version} after {last}");
            main.Assign(new AssignmentRequest(["A"], "agent", "a"));
            main.Start([new StartRequest("A", new LeaseHolder("a"))]);
            Assert.True(main.FindTask("A")!.Claim!.Token > token);
            Assert.Equal(RefusalCode.LeaseLost, main.Complete([new CompleteRequest("A", "a") { Token = token }])[0].Refusal!.Code);
        }
        // And so does whoever reads it anew.
        using var again = TaskBoard.Open(_scene.In("main"));
        Assert.True(again.State(default).Version > StoreLife.Skip);
        Assert.Equal(areInBoth ? 1 : 2, again.GetTasks().Count);
    }

    [Fact]
    public void Tasks_of_both_do_not_come_to_wait_for_one_another()
    {
        using var one = TaskBoard.Open(_scene.Folder("one"));
        using var two = TaskBoard.Open(_scene.Folder("two"));
        one.Define([new TaskDefinition("A") { Dependencies = ["B"] }, new TaskDefinition("free") { Dependencies = ["C"] }]);
        two.Define([new TaskDefinition("B") { Dependencies = ["C"] }, new TaskDefinition("C") { Dependencies = ["A"] }]);
        var refusal = Assert.Throws<TaskLockingException>(() => BoardMerge.Run(two, one)).Refusal;
        Assert.Equal((RefusalCode.DependencyCycle, "A"), (refusal.Code, refusal.TaskId));
        Assert.Equal(["A", "B", "C"], refusal.Ids);
        Assert.Equal(["A", "free"], one.GetTasks().Select(task => task.Id));
        two.RemoveDependencies([new TaskLocking.DependencyEdit("C", ["A"])]);
        Assert.Equal(["B", "C"], BoardMerge.Run(two, one).Added);
        Assert.Empty(one.CheckGraph().Cycles);
    }

    [Fact]
    public void What_is_done_in_one_is_done_in_the_other()
    {
        using var one = TaskBoard.Open(_scene.Folder("one"));
        var later = new MovedClock();
        later.Move(TimeSpan.FromSeconds(5));
        using var two = TaskBoard.Open(_scene.Folder("two"), new TaskBoardOptions { Clock = later });
        string[] ids = ["open", "held", "cancelled", "again"];
        foreach (var board in new[] { one, two })
            board.Define([.. ids.Select(id => new TaskDefinition(id)), new TaskDefinition("waits") { Dependencies = ["open"] }]);
        foreach (var id in ids)
            two.Edit([new TaskEdit(id) { Status = AgentTaskStatus.Done }]);
        one.Assign(new AssignmentRequest(["held"], "agent", "a"));
        one.Start([new StartRequest("held", new LeaseHolder("a"))]);
        one.Edit([new TaskEdit("cancelled") { Status = AgentTaskStatus.Cancelled }]);
        var report = BoardMerge.Run(two, one);
        Assert.Equal(["open", "again"], report.Completed);
        Assert.Equal("Done InProgress Cancelled Done",
            string.Join(" ", ids.Select(id => one.FindTask(id)!.Status)));
        Assert.NotNull(one.FindTask("held")!.Claim);
        Assert.Equal("waits", Assert.Single(one.GetReady()).Id);
        // What was opened again since stays open.
        var last = new MovedClock();
        last.Move(TimeSpan.FromSeconds(60));
        using var opened = TaskBoard.Open(_scene.In("one"), new TaskBoardOptions { Clock = last });
        opened.Edit([new TaskEdit("again") { Status = AgentTaskStatus.Todo }]);
        Assert.Empty(BoardMerge.Run(two, one).Completed);
        Assert.Equal(AgentTaskStatus.Todo, one.FindTask("again")!.Status);
    }

    [Fact]
    public void A_board_is_not_taken_over_by_itself()
    {
        using var one = TaskBoard.Open(_scene.Folder("one"));
        one.Define([new TaskDefinition("A")]);
        Assert.Equal(RefusalCode.InvalidArgument, Assert.Throws<TaskLockingException>(() => BoardMerge.Run(one, one)).Refusal.Code);
    }
}
