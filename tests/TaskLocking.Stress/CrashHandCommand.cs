using System;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using TaskLocking.Workspaces;

namespace TaskLocking.Stress;

/// <summary>
/// Somebody else who edits the document, as scripts do: loads it, adds a todo, with our mark or without, and writes it back, in place or by
/// a rename, and never flushes. A command then takes it over and answers: from then on, <c>has 0 task ID</c>, it must last.
/// </summary>
internal static class CrashHandCommand
{
    public static int Run(string workspace, int seed, int rounds)
    {
        var random = new Random(seed);
        var document = new StorePaths(workspace).Document;
        for (var round = 1; round <= rounds; round++)
        {
            var id = "foreign-" + round.ToString(CultureInfo.InvariantCulture);
            if (TryRewrite(document, id, random))
                Adopt(workspace, id);
            Thread.Sleep(random.Next(30));
        }
        return 0;
    }

    private static bool TryRewrite(string document, string id, Random random)
    {
        try
        {
            var root = JsonNode.Parse(File.ReadAllText(document))!.AsObject();
            if (random.Next(3) == 0)
                root.Remove("taskLocking");
            var name = new string('f', random.Next(1500));
            root["todos"]!.AsArray().Add(new JsonObject { ["id"] = id, ["name"] = name, ["status"] = "Todo" });
            if (random.Next(2) == 0)
            {
                File.WriteAllText(document, root.ToJsonString());
                return true;
            }
            File.WriteAllText(document + ".edited", root.ToJsonString());
            File.Move(document + ".edited", document, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or System.Text.Json.JsonException)
        {
            return false; // It is not there yet, or being put there.
        }
    }

    private static void Adopt(string workspace, string id)
    {
        using var board = TaskBoard.Open(workspace, new TaskBoardOptions { OneShot = true });
        _ = board.Sync();
        if (board.FindTask(id) is not null)
            Report.Line("has", "0", "task", id, "");
        if (board.Define([new TaskDefinition("beside-" + id)])[0].Refusal is null)
            Report.Line("has", "0", "task", "beside-" + id, "");
    }
}
