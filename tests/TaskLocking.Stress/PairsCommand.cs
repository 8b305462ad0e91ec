using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace TaskLocking.Stress;

/// <summary>
/// One changes two tasks always together; the others read through the store and straight from the document until told to end.
/// </summary>
internal static class PairsCommand
{
    public static int Write(string workspace, int count)
    {
        using var board = TaskBoard.Open(workspace);
        var options = new CommitOptions { Timeout = TimeSpan.FromMinutes(5) };
        Gate.Wait();
        for (var number = 1; number <= count; number++)
        {
            var text = new string('p', number % 7 * 300) + number.ToString(CultureInfo.InvariantCulture);
            board.Edit([new TaskEdit("A") { Content = text }, new TaskEdit("B") { Content = text }], options);
        }
        Report.Line("wrote", count.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    public static int Read(string workspace)
    {
        using var board = TaskBoard.Open(workspace);
        var document = Path.Combine(workspace, WorkspacePath.StoreFolder, "state.todo2.json");
        var ended = System.Threading.Tasks.Task.Run(Console.In.Read);
        Report.Line("READY");
        int reads = 0, halves = 0;
        bool last;
        do
        {
            last = ended.IsCompleted;
            var pair = board.GetTasks().Where(task => task.Id is "A" or "B").Select(task => task.Content).ToList();
            var shown = File.Exists(document) ? PairInDocument(document) : pair;
            if (pair.Count != 2 || pair[0] != pair[1] || shown.Count != 2 || shown[0] != shown[1])
                halves++;
            reads++;
        }
        while (!last);
        Report.Line("read", reads.ToString(CultureInfo.InvariantCulture), halves.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static System.Collections.Generic.List<string?> PairInDocument(string path)
    {
        // Sharing everything, as a tool that only looks does.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var json = System.Text.Json.JsonDocument.Parse(stream);
        return json.RootElement.GetProperty("todos").EnumerateArray()
            .Where(todo => todo.TryGetProperty("id", out var id) && id.GetString() is "A" or "B")
            .Select(todo => todo.TryGetProperty("content", out var content) ? content.GetString() : null).ToList();
    }
}
