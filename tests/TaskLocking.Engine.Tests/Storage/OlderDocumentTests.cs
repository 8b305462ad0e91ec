using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// Documents without our mark, and older than what we have: git stash, checkout and reset, a restored copy, an editor that held it open, a
/// tool that writes what it knows. They change and add; they remove nothing that was acknowledged.
/// </summary>
public sealed class OlderDocumentTests : IDisposable
{
    private const string Bare = """
        {
          "todos": [
            {
              "id": "R-1",
              "content": "from the repository",
              "status": "Todo"
            }
          ]
        }
        """;

    private readonly DocumentScene _scene = new(Bare);

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void A_document_from_before_our_first_change_takes_nothing_away_and_that_is_told_once()
    {
        _scene.Define("N-1", "N-2");
        var claimed = _scene.Claim();
        var changes = _scene.ChangesOf(claimed.Id);
        File.WriteAllText(_scene.Document, Bare);

        var told = Assert.Single(_scene.GoOn(), notice => notice.Kind == StoreNoticeKind.DocumentIncomplete);
        Assert.Contains("2 tasks (N-1, N-2)", told.Message, StringComparison.Ordinal);
        Assert.Contains("task remove", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', told.Message);
        Assert.Equal(["R-1", "N-1", "N-2"], _scene.Ids());
        Assert.Equal(claimed.Claim, _scene.Find(claimed.Id)!.Claim);
        Assert.Equal(changes, _scene.ChangesOf(claimed.Id));
        Assert.Empty(_scene.GoOn());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // as a power cut may take it back
    public void A_task_that_a_verb_removed_does_not_come_back_where_the_stamp_is_lost_or_older(bool isOlder)
    {
        var published = new StorePaths(_scene.Place.Path).Published;
        _scene.Define("N-0");
        var before = File.ReadAllBytes(published);
        _scene.Define("N-1", "N-2");
        var document = _scene.Load();
        document.Remove("taskLocking");
        _scene.Run(board => Assert.Null(board.Remove([new TaskRemoval("N-1")])[0].Refusal));
        File.WriteAllText(_scene.Document, document.ToJsonString());
        if (isOlder)
            File.WriteAllBytes(published, before);
        else
            File.Delete(published);
        _scene.GoOn();
        Assert.Equal(["R-1", "N-0", "N-2"], _scene.Ids());
    }

    [Theory]
    [InlineData("""{"todos":[]}""")]
    [InlineData("""{"todos":[],"lastModified":"2999-01-01T00:00:00.000Z"}""")]
    [InlineData("""{"lastModified":"2020-01-01T00:00:00","todos":[],"project":{"id":"other"}}""")]
    [InlineData("""
        {"todos":[],"taskLocking":
        {"format":1,"epoch":"00000000000000ff","version":9,"journal":1,"offset":99,"chain":"00000000","checksum":"00000000"}}
        """)]
    [InlineData("""{"todos":[],"taskLocking":{"format":9,"layout":"of a later version"}}""")]
    [InlineData("""{"todos":[],"taskLocking":null}""")]
    public void An_honest_list_without_tasks_and_without_our_mark_empties_nothing(string text)
    {
        _scene.Define("N-1");
        File.WriteAllText(_scene.Document, text);
        var told = _scene.Run(board => Assert.Equal(2, board.GetTasks().Count));
        Assert.Contains("R-1, N-1", Assert.Single(told).Message, StringComparison.Ordinal);
        Assert.Contains(_scene.GoOn(), notice => notice.Message == told[0].Message);
        Assert.Equal(["R-1", "N-1"], _scene.Ids());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2025-10-26T12:47:44")]
    [InlineData("2999-01-01T00:00:00.000Z")]
    public void An_older_state_of_a_todo_turns_nothing_back_whatever_its_time(string? time)
    {
        var root = JsonNode.Parse(Bare)!.AsObject();
        if (time is not null)
            DocumentScene.Todo(root, "R-1")["lastModified"] = time;
        using var scene = new DocumentScene(root.ToJsonString());
        scene.Edit(new TaskEdit("R-1") { Status = AgentTaskStatus.Done });
        scene.Save(root, indented: false);
        var told = scene.GoOn();
        Assert.Equal(AgentTaskStatus.Done, scene.Find("R-1")!.Status);
        Assert.Equal(StoreNoticeKind.EditSetAside, Assert.Single(told).Kind);
        Assert.Contains("from the repository", File.ReadAllText(told[0].Path!), StringComparison.Ordinal);
    }

    // 26 October 2025, 12:00 on a clock that is ahead of UTC, written without saying so.
    [Fact]
    public void A_time_without_an_offset_does_not_make_an_older_change_later()
    {
        var ours = TimeProvider.System.GetUtcNow();
        var local = ours.ToLocalTime().AddMinutes(-1).ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        _scene.Edit(new TaskEdit("R-1") { Content = "ours" });
        _scene.Rewrite(root =>
        {
            DocumentScene.Todo(root, "R-1")["content"] = "theirs";
            DocumentScene.Todo(root, "R-1")["lastModified"] = local;
        });
        _scene.GoOn();
        Assert.Equal("ours", _scene.Find("R-1")!.Content);
    }

    [Fact]
    public void A_tool_that_keeps_no_times_may_change_a_todo_back_and_forth()
    {
        _scene.Define("N-1");
        foreach (var status in new[] { "Done", "Todo", "Done", "Todo" })
        {
            _scene.Rewrite(root => DocumentScene.Todo(root, "R-1")["status"] = status);
            _scene.GoOn();
            Assert.Equal(status, _scene.Find("R-1")!.StatusText);
        }
    }

    [Fact]
    public void What_was_removed_here_does_not_come_back_with_an_older_document()
    {
        _scene.Define("N-1");
        var older = File.ReadAllText(_scene.Document);
        _scene.Run(board => board.Remove([new TaskRemoval("R-1"), new TaskRemoval("N-1")]));
        foreach (var text in new[] { Bare, older })
        {
            File.WriteAllText(_scene.Document, text);
            _scene.GoOn();
            Assert.Empty(_scene.Ids());
        }
    }

    [Fact]
    public void A_tool_that_drops_what_it_does_not_know_changes_what_it_knows_and_nothing_else()
    {
        _scene.Define("N-1");
        _scene.Run(board => Assert.True(board.Assign(new AssignmentRequest(["N-1"], "agent", "worker")).Success));
        _scene.Edit(new TaskEdit("N-1") { Dependencies = ["R-1"], Swarm = "s", Tags = ["t"] });
        var before = _scene.Find("N-1")!;
        var changes = _scene.ChangesOf("N-1");
        var root = new JsonObject
        {
            ["todos"] = new JsonArray(DocumentScene.Todos(_scene.Load()).Select(todo => (JsonNode)new JsonObject
            {
                ["id"] = (string?)todo!["id"],
                ["name"] = "renamed",
                ["status"] = (string?)todo["status"],
                ["lastModified"] = "2998-01-01T00:00:00Z",
            }).ToArray()),
        };
        _scene.Save(root);
        var told = Assert.Single(_scene.GoOn());
        Assert.Equal(StoreNoticeKind.DocumentIncomplete, told.Kind);
        var after = _scene.Find("N-1")!;
        Assert.Equal("renamed", after.Name);
        Assert.Equal((before.Assignee, before.Swarm, before.Content), (after.Assignee, after.Swarm, after.Content));
        Assert.Equal(["R-1"], after.Dependencies);
        Assert.Equal(["t"], after.Tags);
        Assert.Equal(changes, _scene.ChangesOf("N-1"));
    }

    [Fact]
    public void A_null_in_place_of_a_value_is_a_change_and_no_gap()
    {
        _scene.Run(board => Assert.True(board.Assign(new AssignmentRequest(["R-1"], "agent", "worker")).Success));
        _scene.Rewrite(root => DocumentScene.Todo(root, "R-1")["assignee"] = null);
        Assert.Empty(_scene.GoOn());
        Assert.Null(_scene.Find("R-1")!.Assignee);
    }

    [Fact]
    public void A_history_that_was_cut_is_whole_again_and_has_what_was_added()
    {
        foreach (var status in new[] { AgentTaskStatus.InProgress, AgentTaskStatus.Review, AgentTaskStatus.Todo })
            _scene.Edit(new TaskEdit("R-1") { Status = status });
        var whole = _scene.ChangesOf("R-1");
        _scene.Rewrite(root =>
        {
            var changes = DocumentScene.Todo(root, "R-1")["changes"]!.AsArray();
            while (changes.Count > 1)
                changes.RemoveAt(0);
            changes.Add(JsonNode.Parse("""{"field":"name","oldValue":null,"newValue":"theirs","timestamp":"2998-01-01T00:00:00Z"}"""));
            DocumentScene.Todo(root, "R-1")["name"] = "theirs";
        });
        _scene.GoOn();
        Assert.Equal("theirs", _scene.Find("R-1")!.Name);
        Assert.Equal(whole + 1, _scene.ChangesOf("R-1"));
    }

    // An editor had it open while we worked, and saves later what it had then.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_its_writer_never_saw_of_a_todo_that_he_changed_stays_ours(bool savesTwice)
    {
        _scene.Edit(new TaskEdit("R-1") { Status = AgentTaskStatus.InProgress });
        var opened = _scene.Load();
        _scene.Edit(new TaskEdit("R-1") { Status = AgentTaskStatus.Done });
        if (savesTwice)
        {
            // His entry then stands behind ours.
            DocumentScene.Todo(opened, "R-1")["changes"]!.AsArray().Add(JsonNode.Parse("""{"field":"tags","newValue":"x"}"""));
            DocumentScene.Todo(opened, "R-1")["lastModified"] = "2997-01-01T00:00:00Z";
            _scene.Save(opened);
            _scene.GoOn();
        }
        DocumentScene.Todo(opened, "R-1")["name"] = "theirs";
        DocumentScene.Todo(opened, "R-1")["lastModified"] = "2998-01-01T00:00:00Z";
        _scene.Save(opened);
        _scene.GoOn();
        Assert.Equal((AgentTaskStatus.Done, "theirs"), (_scene.Find("R-1")!.Status, _scene.Find("R-1")!.Name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_both_changed_a_todo_each_keeps_what_only_he_changed(bool keepsMark)
    {
        _scene.Define("N-1");
        var opened = _scene.Load(keepsMark);
        _scene.Edit(new TaskEdit("N-1") { Status = AgentTaskStatus.Done });
        var theirs = DocumentScene.Todo(opened, "N-1");
        theirs["content"] = "theirs";
        theirs["lastModified"] = "2998-01-01T00:00:00Z";
        theirs["changes"]!.AsArray().Add(new JsonObject { ["field"] = "content", ["newValue"] = "theirs" });
        _scene.Save(opened);
        Assert.DoesNotContain(_scene.GoOn(), notice => notice.Kind == StoreNoticeKind.EditSetAside);
        Assert.Equal((AgentTaskStatus.Done, "theirs"), (_scene.Find("N-1")!.Status, _scene.Find("N-1")!.Content));
        Assert.Equal(3, _scene.ChangesOf("N-1"));
    }

    [Fact]
    public void A_claim_that_was_given_since_keeps_its_task_from_being_removed()
    {
        _scene.Define("N-1");
        var opened = _scene.Load(keepsMark: true);
        _scene.Edit(new TaskEdit("R-1") { Status = AgentTaskStatus.Done });
        var claimed = _scene.Claim();
        DocumentScene.Todos(opened).Remove(DocumentScene.Todo(opened, claimed.Id));
        _scene.Save(opened);
        Assert.Equal(StoreNoticeKind.DocumentIncomplete, Assert.Single(_scene.GoOn()).Kind);
        Assert.Equal(claimed.Claim, _scene.Find("N-1")!.Claim);
    }

    [Fact]
    public void A_todo_that_is_older_than_the_mark_beside_it_turns_nothing_back()
    {
        _scene.Define("N-1");
        var older = DocumentScene.Todo(_scene.Load(), "N-1").DeepClone();
        _scene.Edit(new TaskEdit("N-1") { Status = AgentTaskStatus.Done });
        _scene.Rewrite(
            root =>
            {
                DocumentScene.Todos(root).Remove(DocumentScene.Todo(root, "N-1"));
                DocumentScene.Todos(root).Remove(DocumentScene.Todo(root, "R-1"));
                DocumentScene.Todos(root).Add(older);
            },
            keepsMark: true);
        _scene.GoOn();
        Assert.Equal(AgentTaskStatus.Done, _scene.Find("N-1")!.Status);
        Assert.Equal(["N-1"], _scene.Ids());
    }

    [Fact]
    public void Two_todos_of_one_id_that_changed_places_are_the_same_two()
    {
        using var scene = new DocumentScene("""{"todos":[{"id":"A","name":"first"},{"id":"A","name":"second"},{"id":"B"}]}""");
        scene.Define("N-1");
        scene.Rewrite(root =>
        {
            var todos = DocumentScene.Todos(root);
            var first = todos[0]!;
            todos.Remove(first);
            todos.Add(first);
        });
        Assert.Empty(scene.GoOn());
        Assert.Equal("first", scene.Find("A")!.Name);
    }

    [Fact]
    public void What_stands_around_the_todos_stays_where_a_tool_drops_it_and_changes_where_it_changes_it()
    {
        using var scene = new DocumentScene("""{"project":{"id":"p"},"todos":[],"nextTaskNumber":7,"comments":[1]}""");
        scene.Define("N-1");
        scene.Save(new JsonObject { ["todos"] = scene.Load()["todos"]!.DeepClone(), ["comments"] = new JsonArray(2) });
        scene.GoOn();
        var root = scene.Load();
        Assert.Equal("p", (string?)root["project"]!["id"]);
        Assert.Equal(2, (int)root["comments"]![0]!);
        Assert.Equal(9, (int)root["nextTaskNumber"]!);
    }

    [Fact]
    public void A_todo_of_another_store_comes_in_below_no_token_that_it_has_given_out()
    {
        _scene.Define("N-1");
        _scene.Rewrite(root => DocumentScene.Todos(root).Add(JsonNode.Parse(
            """
            {"id":"F-1","name":"x","status":"Todo",
            "taskLocking":{"version":90000,"claim":{"token":90001,"agent":"far","expires":"2020-01-01T00:00:00.000Z"}}}
            """)));
        _scene.GoOn();
        Assert.Contains("F-1", _scene.Ids());
        for (var left = 3; left > 0; left--)
            Assert.True(_scene.Claim("worker " + left).Claim!.Token > 90001);
    }

    [Theory]
    [InlineData(99_999, true)] // can have been given out, by a journal that is not there any more
    [InlineData(long.MaxValue, false)]
    [InlineData(long.MaxValue - 1000, false)]
    public void A_mark_of_a_version_that_never_was_removes_nothing_and_versions_go_on(long version, bool isBelieved)
    {
        _scene.Define("N-1", "N-2");
        _scene.Rewrite(
            root =>
            {
                DocumentScene.Todos(root).Remove(DocumentScene.Todo(root, "N-1"));
                root["taskLocking"]!["version"] = version;
            },
            keepsMark: true);
        StoreNoticeKind[] told = isBelieved
            ? [StoreNoticeKind.DocumentIncomplete, StoreNoticeKind.StorePutBack]
            : [StoreNoticeKind.DocumentIncomplete];
        Assert.Equal(told, _scene.GoOn().Select(notice => notice.Kind).Order());
        Assert.Equal(["R-1", "N-1", "N-2"], _scene.Ids());
        var before = isBelieved ? version : _scene.Find("N-1")!.Version;
        _scene.Edit(new TaskEdit("N-1") { Name = "changed" });
        Assert.InRange(_scene.Find("N-1")!.Version, before + 1, 1L << 53);
    }

    [Fact]
    public void What_a_reader_and_a_command_meet_of_one_document_is_told_once_though_it_lacks_much()
    {
        _scene.Define("N-1");
        _scene.Edit(new TaskEdit("R-1") { Tags = ["t"] });
        using var living = _scene.Place.Open();
        File.WriteAllText(_scene.Document, """{"todos":[{"id":"R-1","status":"Done","lastModified":"2998-01-01T00:00:00Z"}]}""");
        for (var times = 3; times > 0; times--)
            Assert.Equal(2, living.GetTasks().Count);
        Assert.Null(living.Edit([new TaskEdit("N-1") { Name = "x" }])[0].Refusal);
        var told = Assert.Single(living.TakeNotices());
        Assert.Contains("1 task (N-1), and lacks fields or history of 1 task (R-1)", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_restored_copy_of_the_document_below_a_living_process_removes_nothing()
    {
        using var living = _scene.Place.Open();
        living.Define([new TaskDefinition("N-1")]);
        living.Sync();
        File.WriteAllText(_scene.Document, Bare);
        Assert.Equal(["R-1", "N-1"], living.GetTasks().Select(task => task.Id));
        Assert.Null(living.Edit([new TaskEdit("N-1") { Name = "go on" }])[0].Refusal);
        living.Sync();
        Assert.Equal(["R-1", "N-1"], TodoBytes.Of(_scene.Document).Select(todo => todo.Id));
        Assert.Single(living.TakeNotices());
        Assert.Empty(living.TakeNotices());
    }
}
