using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Tasks;

/// <summary>
/// Ids that nobody could define now, because they look alike or cannot be seen, come in documents and are tasks like others.
/// </summary>
public sealed class ForeignIdsTests
{
    private static readonly string[] Ids = ["CON", "con", "ä", "a\u0308", "T\u200b", "T"];

    [Fact]
    public void Each_is_held_and_changed_by_itself()
    {
        using var place = new TempWorkspace();
        Directory.CreateDirectory(place.Store);
        var todos = Ids.Select(id => $"{{\"id\":{JsonSerializer.Serialize(id)},\"status\":\"Todo\"}}");
        File.WriteAllText(place.Document, "{\"todos\":[" + string.Join(',', todos) + "]}");
        using var one = place.Open();
        using var two = TaskBoard.Open(place.Path, new TaskBoardOptions { Session = new LockSession() });
        foreach (var id in Ids)
        {
            using var hold = one.Hold([id]);
            foreach (var other in Ids.Where(other => other != id))
                Assert.Null(Assert.Single(two.Edit([new TaskEdit(other) { Name = "under " + Array.IndexOf(Ids, id) }])).Refusal);
            var once = new CommitOptions { Timeout = TimeSpan.Zero };
            var refused = Assert.Throws<TaskLockingException>(() => two.Edit([new TaskEdit(id) { Name = "x" }], once));
            Assert.Equal(RefusalCode.LockTimeout, refused.Refusal.Code);
        }
        var again = one.Define(Ids.Select(id => new TaskDefinition(id.Replace("\u200b", "", StringComparison.Ordinal))).ToList());
        Assert.All(again, outcome => Assert.Equal(RefusalCode.TaskAlreadyDefined, outcome.Refusal?.Code));
    }
}
