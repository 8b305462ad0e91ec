using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
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
