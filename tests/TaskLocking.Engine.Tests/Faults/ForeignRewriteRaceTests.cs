using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using TaskLocking.Tests.Processes;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// Somebody who knows no lock rewrites the document, or truncates it, again and again while processes commit: all that these were told
/// is there afterwards, whatever becomes of his own.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class ForeignRewriteRaceTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("rewrite")]
    [InlineData("rename")]
    [InlineData("truncate")]
    [InlineData("delete")]
    public async Task Nothing_that_was_acknowledged_is_lost(string how)
    {
        using (var board = _place.Open(oneShot: true))
            board.Define([.. Enumerable.Range(0, 20).Select(number => new TaskDefinition("shared-" + number))]);
        var fleet = Task.Run(() => Worker.RunTogether(Enumerable.Range(0, 4)
            .Select(number => new[] { "mixed", _place.Path, number.ToString(), "40" })), TestContext.Current.CancellationToken);
        var rounds = 0;
        for (; !fleet.IsCompleted; rounds++)
            Rewrite(how, rounds);
        var told = (await fleet).ConvertAll(lines => lines.ConvertAll(line => (What: line[0], Id: line[1])));
        Assert.True(rounds > 0);
        using var again = _place.Open(oneShot: true);
        again.Sync();
        var there = again.GetTasks().Select(task => task.Id).ToHashSet();
        foreach (var lines in told)
        {
            Assert.DoesNotContain(lines, line => line.What == "half");
            foreach (var last in lines.Where(line => line.What is "defined" or "removed").GroupBy(line => line.Id)
                .Select(lines => lines.Last()))
                Assert.True(there.Contains(last.Id) == (last.What == "defined"), $"{last.Id} was {last.What}, round {rounds}");
        }
        Assert.Superset(Enumerable.Range(0, 20).Select(number => "shared-" + number).ToHashSet(), there);
        Assert.Equal(there.Order(), TodoBytes.Of(_place.Document).Select(todo => todo.Id).Order());
    }

    private void Rewrite(string how, int round)
    {
        try
        {
            if (how == "delete")
            {
                File.Delete(_place.Document);
                return;
            }
            if (how == "truncate")
            {
                using var stream = new FileStream(_place.Document, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                stream.SetLength(stream.Length * (round % 3) / 3);
                return;
            }
            var root = JsonNode.Parse(File.ReadAllText(_place.Document))!.AsObject();
            root["todos"]!.AsArray().Add(new JsonObject { ["id"] = "foreign-" + round, ["name"] = "theirs", ["status"] = "Todo" });
            var target = how == "rename" ? _place.In("theirs.json") : _place.Document;
            File.WriteAllText(target, root.ToJsonString());
            if (how == "rename")
                File.Move(target, _place.Document, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or JsonException or NullReferenceException)
        {
            // He met a moment of somebody else's.
        }
    }
}
