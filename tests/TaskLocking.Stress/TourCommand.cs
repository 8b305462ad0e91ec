using System;
using System.IO;
using System.Text.Json.Nodes;
using TaskLocking.Locking;

namespace TaskLocking.Stress;

/// <summary>
/// Goes once past everything that writes, so that every failpoint is met: commits, batches, holds, a foreign rewrite, a checkpoint,
/// topics, the archive, a history. Before a step it prints <c>try STEP</c>, after it <c>done STEP</c>. The task <c>step</c> has the last
/// step as its content, in the same commit as <c>twin</c>.
/// </summary>
internal static class TourCommand
{
    private const int LargeText = 450_000;

    public static int Run(string workspace)
    {
        Gate.Wait();
        using var board = TaskBoard.Open(workspace, new TaskBoardOptions { OneShot = true });
        Step("define",
            () => board.Define([new TaskDefinition("step") { Content = "define" }, new TaskDefinition("twin") { Content = "define" }]));
        Step("edit", () => Both(board, "edit"));
        Step("hold", () =>
        {
            using var hold = board.Hold(["step", "twin"], new HoldOptions { Agent = "tour" });
            Both(board, "hold");
        });
        Step("foreign", () =>
        {
            Rewrite(workspace);
            Both(board, "foreign");
        });
        Step("torn", () =>
        {
            Tear(workspace);
            Both(board, "torn");
        });
        for (var round = 0; round < 5; round++)
        {
            var name = "large-" + round;
            Step(name, () => board.Edit(
            [
                new TaskEdit("step") { Content = name },
                new TaskEdit("twin") { Content = name },
                new TaskEdit("foreign") { Content = new string((char)('a' + round), LargeText) },
            ]));
        }
        Step("sync", () => board.Sync());
        Step("last", () =>
        {
            using var other = TaskBoard.Open(workspace);
            Both(other, "last");
            other.Sync();
        });
        Step("old", () => board.Define([new TaskDefinition("old") { Swarm = "old" }]));
        Step("closed", () => board.Edit([new TaskEdit("old") { Status = AgentTaskStatus.Done }]));
        Step("archive", () => board.ArchiveTasks(new ArchiveRequest { OlderThan = TimeSpan.Zero, Swarm = "old" }));
        Step("history",
            () => board.Import(new ImportRequest([new ImportFile("long.jsonl", System.Text.Encoding.UTF8.GetBytes(LongHistory()))])));
        Step("company", () =>
        {
            // Who sees that others write too flushes together with them.
            using var other = TaskBoard.Open(workspace);
            Both(other, "company");
            for (var round = 0; round < 4; round++)
            {
                Both(board, "company " + round);
                Both(other, "company");
            }
        });
        Step("topics", () => TopicStore.Open(workspace).Create(["one", "two"]));
        return 0;
    }

    private static void Step(string name, Action body)
    {
        Report.Line("try", name);
        body();
        Report.Line("done", name);
    }

    private static void Both(TaskBoard board, string text)
    {
        foreach (var outcome in board.Edit([new TaskEdit("step") { Content = text }, new TaskEdit("twin") { Content = text }]))
        {
            if (outcome.Refusal is { } refusal)
                throw new InvalidOperationException(refusal.Message);
        }
    }

    // A task with more history than a todo keeps: each entry has its number.
    private static string LongHistory()
    {
        var changes = new JsonArray();
        for (var number = 0; number < 250; number++)
        {
            changes.Add(new JsonObject
            {
                ["field"] = "name",
                ["oldValue"] = null,
                ["newValue"] = "n" + number,
                ["timestamp"] = "2026-01-01T00:00:00.000Z",
                ["by"] = "tour",
            });
        }
        return new JsonObject { ["id"] = "long", ["name"] = "long", ["status"] = "Todo", ["changes"] = changes }.ToJsonString() + "\n";
    }

    // As a writer leaves it that dies within its line.
    private static void Tear(string workspace)
    {
        var journals = Directory.GetFiles(Path.Combine(workspace, WorkspacePath.StoreFolder, "journal"), "*.jsonl");
        Array.Sort(journals, StringComparer.Ordinal);
        File.AppendAllText(journals[^1], "{\"v\":99,\"t\":\"2");
    }

    // As a script does that loads the document, changes it and writes it back whole.
    private static void Rewrite(string workspace)
    {
        var path = Path.Combine(workspace, WorkspacePath.StoreFolder, "state.todo2.json");
        var root = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        root.Remove("taskLocking");
        root["todos"]!.AsArray().Add(new JsonObject { ["id"] = "foreign", ["name"] = "from elsewhere", ["status"] = "todo" });
        File.WriteAllText(path + ".new", root.ToJsonString());
        File.Move(path + ".new", path, overwrite: true);
    }
}
