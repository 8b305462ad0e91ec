using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace TaskLocking.Tests.Tasks;

/// <summary>Imports over a board in a folder: all or nothing, as often as one likes.</summary>
public sealed class ImportRuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tasklock-import-").FullName;
    private readonly TaskBoard _board;

    public ImportRuleTests() => _board = TaskBoard.Open(_folder);

    public void Dispose()
    {
        _board.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_plan_is_defined_once_and_left_alone_then()
    {
        const string Plan = """
            {"id":"A","name":"First","priority":"high","tags":["x"],"swarm":"s","requires":["dotnet"],"maxAttempt":3,"retryDelay":"2m"}
            {"id":"B","dependencies":["A"],"timeLimit":90,"files":["src/b.cs"],"review":true}
            """;
        Assert.Equal(["A", "B"], Done(Plan).Added);
        var (a, b) = (_board.FindTask("A")!, _board.FindTask("B")!);
        Assert.Equal(("First", TaskPriority.High, "s", 3, TimeSpan.FromMinutes(2)),
            (a.Name, a.Priority, a.Swarm, a.MaxAttempt, a.RetryDelay));
        Assert.Equal(["x", "dotnet"], a.Tags.Concat(a.Requires));
        Assert.Equal((TimeSpan.FromSeconds(90), true, "B"), (b.TimeLimit, b.NeedsReview, b.Name));
        Assert.Equal(["A", "src/b.cs"], b.Dependencies.Concat(b.Files));
        var version = _board.GetVersion();
        Assert.Equal(["A", "B"], Done(Plan).Unchanged);
        Assert.Equal(version, _board.GetVersion());
    }

    [Fact]
    public void What_differs_is_refused_whole_or_changed()
    {
        Done("""{"id":"A","name":"First","tags":["x"]}""");
        var changed = """{"id":"A","name":"Second","tags":[]}""" + "\n" + """{"id":"B"}""";
        Assert.Equal(RefusalCode.TaskAlreadyDefined, Assert.Single(Import(changed).Refusals).Code);
        Assert.Null(_board.FindTask("B"));
        var report = Import(changed, request => request with { Update = true });
        Assert.Equal(["B", "A"], report.Added.Concat(report.Changed));
        Assert.Equal(("Second", 0), (_board.FindTask("A")!.Name, _board.FindTask("A")!.Tags.Count));
    }

    [Fact]
    public void How_far_the_work_is_here_stays_but_what_is_done_there_is_done()
    {
        Done("""{"id":"A"}""" + "\n" + """{"id":"B"}""");
        _board.Edit([new TaskEdit("A") { Status = AgentTaskStatus.Done }]);
        Assert.Equal(["A", "B"], Done("""{"id":"A","status":"todo"}""" + "\n" + """{"id":"B"}""").Unchanged);
        Assert.Equal(["B"], Import("""{"id":"B","status":"completed"}""", request => request with { Update = true }).Changed);
        Assert.Equal(AgentTaskStatus.Done, _board.FindTask("B")!.Status);
        Assert.Equal(AgentTaskStatus.Done, _board.FindTask("A")!.Status);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_and_nothing_is_done()
    {
        Done("""{"id":"A","dependencies":["B"]}""", request => request with { AllowMissing = true });
        var version = _board.GetVersion();
        var report = Import("""
            {"id":"B","dependencies":["C"]}
            {"id":"C","dependencies":["A","none"]}
            {"id":"D"}
            {"id":"D","name":"other"}
            {"id":"\u0430"}
            {"id":" x"}
            """);
        Assert.Equal([RefusalCode.InvalidArgument, RefusalCode.InvalidArgument, RefusalCode.InvalidArgument, RefusalCode.TaskNotFound,
            RefusalCode.DependencyCycle], report.Refusals.Select(refusal => refusal.Code));
        Assert.Contains("plan.jsonl, line 4: the id D is also that of plan.jsonl, line 3", report.Refusals[0].Message);
        Assert.Equal(["A", "B", "C"], report.Refusals[^1].Ids.Order(StringComparer.Ordinal));
        Assert.Equal((version, 1), (_board.GetVersion(), _board.GetTasks().Count));
        Assert.Empty(report.Added);
    }

    [Fact]
    public void The_same_twice_is_once()
    {
        var report = Done("""{"id":"A","name":"a"}""" + "\n" + """ {"id":"A",  "name" : "\u0061"} """);
        Assert.Equal(["A"], report.Added);
        Assert.Contains("line 2", Assert.Single(report.Remarks));
    }

    [Fact]
    public void A_dry_run_tells_the_same_and_does_nothing()
    {
        var report = Import("""{"id":"A"}""", options: new CommitOptions { WhatIf = true });
        Assert.Equal(["A"], report.Added);
        Assert.Empty(_board.GetTasks());
        Assert.Single(Import("""{"id":"A","dependencies":["A"]}""", options: new CommitOptions { WhatIf = true }).Refusals);
    }

    [Fact]
    public void A_claim_counts_on_its_own_board_alone()
    {
        _board.Define([new TaskDefinition("A")]);
        _board.Request(new TaskRequest(new LeaseHolder("ann")) { Start = true });
        var line = Assert.Single(_board.Export());
        var other = Directory.CreateTempSubdirectory("tasklock-import-").FullName;
        using (var board = TaskBoard.Open(other))
        {
            var report = board.Import(new ImportRequest([File(line)]));
            Assert.Contains("claim of ann", Assert.Single(report.Remarks));
            var task = board.FindTask("A")!;
            Assert.Equal((AgentTaskStatus.Todo, null, null), (task.Status, task.Claim, task.Assignee));
            Assert.Contains(board.GetHistory("A"), entry => entry.NewValue == "In Progress");
            Assert.Equal("A", board.Request(new TaskRequest(new LeaseHolder("bob"))).Task?.Id);
        }
        Directory.Delete(other, recursive: true);
    }

    [Fact]
    public void What_goes_out_comes_in_as_it_was()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".todo2"));
        System.IO.File.WriteAllText(Path.Combine(_folder, ".todo2", "state.todo2.json"), """
            {"todos":[{"id":"1","title":"odd","files":["not ours"],"swarm":"nor this","state":"open","x":{"y":[1,2.50,"\u00e9\n"]},
             "comments":["c"]},{"id":"2","name":"n","dependsOn":"1","status":"To Do"}]}
            """);
        _board.Define([new TaskDefinition("3") { Dependencies = ["2"], Files = ["a.cs"], RetryDelay = TimeSpan.FromSeconds(90) }]);
        _board.AddNotes([new NoteRequest("3", "note \"é\"")]);
        var lines = _board.Export().ToList();
        var other = Directory.CreateTempSubdirectory("tasklock-import-").FullName;
        using (var board = TaskBoard.Open(other))
        {
            Assert.Equal(["1", "2", "3"], board.Import(new ImportRequest([File(string.Join('\n', lines))])).Added);
            Assert.Equal(Comparable(lines), Comparable(board.Export()));
            Assert.Equal(["1", "2", "3"], board.Import(new ImportRequest([File(string.Join('\n', board.Export()))])).Unchanged);
            Assert.Equal(["a.cs"], board.FindTask("3")!.Files);
            Assert.Null(board.FindTask("1")!.Swarm);
        }
        Directory.Delete(other, recursive: true);
    }

    [Theory]
    [InlineData("{\"id\":\"A\"}\n\n{\"id\":")]
    [InlineData("{\"id\":\"A\"}\n\n7")]
    [InlineData("{\"id\":\"A\"}\n\n{\"name\":\"x\"}")]
    [InlineData("{\"id\":\"A\"}\n\n{\"id\":\"B\",\"retryDelay\":\"soon\"}")]
    public void What_is_none_of_its_form_is_refused_with_its_place(string text)
    {
        var refusal = Assert.Throws<TaskLockingException>(() => Import(text)).Refusal;
        Assert.Equal(RefusalCode.InvalidArgument, refusal.Code);
        Assert.Contains("line 3", refusal.Message);
    }

    [Fact]
    public void Thousands_are_one_commit()
    {
        var text = new StringBuilder();
        for (var i = 5_000; i > 0; i--)
            text.Append($"{{\"id\":\"T-{i}\",\"dependencies\":[\"T-{Math.Max(1, i - 1)}\"]}}\n");
        text.Replace("{\"id\":\"T-1\",\"dependencies\":[\"T-1\"]}", "{\"id\":\"T-1\"}");
        var version = _board.GetVersion();
        Assert.Equal(5_000, Done(text.ToString()).Added.Count);
        Assert.Single(_board.GetTasks().Select(task => task.Version).Distinct());
        Assert.True(_board.GetVersion() > version);
        Assert.Equal("T-1", Assert.Single(_board.GetReady()).Id);
    }

    private static ImportFile File(string text) => new("plan.jsonl", Encoding.UTF8.GetBytes(text));

    private ImportReport Done(string text, Func<ImportRequest, ImportRequest>? change = null)
    {
        var report = Import(text, change);
        Assert.Empty(report.Refusals);
        return report;
    }

    private ImportReport Import(string text, Func<ImportRequest, ImportRequest>? change = null, CommitOptions? options = null)
    {
        var request = new ImportRequest([File(text)]) { Format = TaskFormat.JsonLines };
        return _board.Import(change is null ? request : change(request), options);
    }

    // What is added to a todo that lacked it, and the version, is this board's.
    private static List<string> Comparable(IEnumerable<string> lines) => lines.Select(line =>
    {
        var todo = JsonNode.Parse(line)!.AsObject();
        todo["taskLocking"]!.AsObject().Remove("version");
        foreach (var added in new[] { "name", "status", "priority", "tags", "created", "lastModified" })
        {
            if (todo["id"]!.GetValue<string>() != "3")
                todo.Remove(added);
        }
        return todo.ToJsonString();
    }).ToList();
}
