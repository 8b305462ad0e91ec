using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>A document that others wrote, that we took over and changed, and that they write once more as it was.</summary>
public sealed class RewrittenDocumentTests : IDisposable
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_others_wrote_before_we_changed_it_is_old_when_they_write_it_again(bool keepsMark)
    {
        _scene.Define("N-1", "N-2");
        var document = _scene.Load(keepsMark);
        // Another order of what is in it is a change of theirs.
        foreach (var id in new[] { "R-1", "N-1" })
        {
            var todo = DocumentScene.Todo(document, id);
            foreach (var member in todo.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())).ToList())
            {
                todo.Remove(member.Key);
                todo.Add(member);
            }
        }
        _scene.Save(document);
        _scene.GoOn();
        _scene.Run(board => Assert.Null(board.Remove([new TaskRemoval("R-1")])[0].Refusal));
        _scene.Edit(new TaskEdit("N-1") { Name = "ours" });

        _scene.Save(document);
        _scene.GoOn();
        Assert.Equal(["N-1", "N-2"], _scene.Ids());
        Assert.Equal("ours", _scene.Find("N-1")!.Name);
    }

    // A tool that keeps neither mark nor history wrote it; before it is shown anew the journal ends, and nothing leads back to what it saw.
    [Theory]
    [InlineData("Todo", AgentTaskStatus.Done)]
    [InlineData("Blocked", AgentTaskStatus.Blocked)] // We never had that: it is theirs.
    public void Where_nothing_leads_back_a_value_that_we_had_once_turns_nothing_back(string theirs, AgentTaskStatus left)
    {
        _scene.Edit(new TaskEdit("R-1") { Content = "ours" });
        var bare = new JsonObject { ["todos"] = new JsonArray(JsonNode.Parse("""{"id":"R-1","content":"bare","status":"Todo"}""")) };
        using var store = new FileTaskStore(_scene.Place.Path, new TaskBoardOptions());
        using var board = new TaskBoard(store, _scene.Place.Path, new LockSession());
        using (ExclusiveLock.Acquire(new StorePaths(_scene.Place.Path).PublishLock))
        {
            DocumentScene.Todo(bare, "R-1")["lastModified"] = Timestamp.Format(DateTimeOffset.UtcNow);
            _scene.Save(bare);
            Assert.Null(board.Edit([new TaskEdit("R-1") { Status = AgentTaskStatus.InProgress }])[0].Refusal);
            store.Log.Flush.Before = () => throw new IOException("planted");
            Assert.Throws<TaskLockingException>(() => board.Edit([new TaskEdit("R-1") { Name = "unsure" }]));
            store.Log.Flush.Before = null;
            Assert.Null(board.Edit([new TaskEdit("R-1") { Status = AgentTaskStatus.Done }])[0].Refusal);

            DocumentScene.Todo(bare, "R-1")["content"] = "theirs";
            DocumentScene.Todo(bare, "R-1")["status"] = theirs;
            DocumentScene.Todo(bare, "R-1")["lastModified"] = "2998-01-01T00:00:00Z";
            _scene.Save(bare);
        }
        board.Sync();
        Assert.Contains(board.TakeNotices(), notice => notice.Kind == StoreNoticeKind.EditSetAside);
        var task = _scene.Find("R-1")!;
        Assert.Equal(("theirs", left), (task.Content, task.Status));
        Assert.Equal(left == AgentTaskStatus.Done, task.CompletedAt is not null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_time_of_an_end_goes_with_the_status_that_counts(bool keepsMark)
    {
        _scene.Define("N-1");
        foreach (var (before, after) in new[] { ("Todo", AgentTaskStatus.Done), ("Done", AgentTaskStatus.Todo) })
        {
            _scene.Edit(new TaskEdit("N-1") { Status = Enum.Parse<AgentTaskStatus>(before) });
            var document = _scene.Load(keepsMark);
            _scene.Edit(new TaskEdit("N-1") { Status = after });
            DocumentScene.Todo(document, "N-1")["content"] = "theirs, " + before;
            DocumentScene.Todo(document, "N-1")["lastModified"] = "2998-01-01T00:00:00Z";
            _scene.Save(document);
            _scene.GoOn();
            var task = _scene.Find("N-1")!;
            Assert.Equal(("theirs, " + before, after), (task.Content, task.Status));
            Assert.Equal(after == AgentTaskStatus.Done, task.CompletedAt is not null);
        }
    }

    [Fact]
    public void What_a_document_lacks_is_shown_again_though_who_took_it_over_did_not_come_to_it()
    {
        _scene.Define("N-1");
        File.WriteAllText(_scene.Document, Bare);
        // Refused under the lock, behind the taking over.
        using (var board = _scene.Open())
            Assert.Throws<TaskLockingException>(() => board.Assign(new AssignmentRequest(["N-1"], "agent", "")));
        Assert.Single(DocumentScene.Todos(_scene.Load()));

        _scene.Run(board => board.Sync());
        Assert.Equal(["R-1", "N-1"], DocumentScene.Todos(_scene.Load()).Select(todo => (string?)todo!["id"]));
    }
}
