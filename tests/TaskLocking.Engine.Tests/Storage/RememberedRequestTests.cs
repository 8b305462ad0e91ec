using System;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.FileStore;
using TaskLocking.Model;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>What a board remembers of requests that named themselves: over checkpoints, and not more than it says.</summary>
public sealed class RememberedRequestTests : IDisposable
{
    private readonly TempWorkspace _place = new(inMemory: true);

    public void Dispose() => _place.Dispose();

    [Fact]
    public void It_outlives_checkpoints_and_processes()
    {
        long token;
        using (var store = new FileTaskStore(_place.Path, new TaskBoardOptions()))
        {
            var board = new TaskBoard(store, _place.Path, new LockSession());
            board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
            token = Claim(board);
            for (var round = 0; round < 2; round++)
            {
                store.Log.Publisher.Checkpoint();
                board.Edit([new TaskEdit("B") { Content = "round " + round.ToString(CultureInfo.InvariantCulture) }]);
            }
        }
        // The line is in no journal any more: it stands in what the checkpoint wrote.
        Assert.DoesNotContain(Directory.EnumerateFiles(_place.Journals, "*.jsonl"),
            path => File.ReadAllText(path).Contains("\"record\":\"request\"", StringComparison.Ordinal));
        using var next = _place.Open(oneShot: true);
        Assert.Equal(token, Claim(next));
        Assert.Null(next.FindTask("B")!.Claim);
    }

    [Fact]
    public void No_more_than_a_thousand_are_kept_and_the_oldest_go_first()
    {
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions { Durability = Durability.Relaxed });
        using var board = new TaskBoard(store, _place.Path, new LockSession());
        board.Define([new TaskDefinition("A")]);
        for (var number = 0; number < ServedRequest.MostKept + 5; number++)
            Send(board, number);
        using (var document = new TaskBoard(new FileTaskStore(_place.Path, new TaskBoardOptions()), _place.Path, new LockSession()))
            document.Sync();
        var served = TodoDocument.Parse(File.ReadAllBytes(_place.Document))!.Records.Served;
        Assert.Equal(ServedRequest.MostKept, served.Count);
        Assert.DoesNotContain(served, request => request.Id == "r0");
        var version = board.GetVersion();
        Send(board, ServedRequest.MostKept + 4);
        Assert.Equal(version, board.GetVersion());
        Assert.Equal((ServedRequest.MostKept + 4).ToString(CultureInfo.InvariantCulture), board.FindTask("A")!.Content);
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var request = new ServedRequest("id \"\u00e9", "00ff", at, true, "Nothing \"is\" free.",
        [
            new ServedItem("T 1 é", Changed: true, Token: 44),
            new ServedItem("T-2", Changed: false),
            new ServedItem("T-3", Changed: false, Code: RefusalCode.TaskAlreadyAssigned, Message: "Task already - assigned\nto x"),
            new ServedItem("T-4", Changed: true, IsNext: true, Token: 45),
        ]);
        var json = System.Text.Encoding.UTF8.GetBytes(ServedRequestJson.Write(request));
        var reader = JsonReading.Of(json);
        reader.Read();
        var read = ServedRequestJson.Read(new RecordFields(ref reader))!;
        Assert.Equal(request with { Items = [] }, read with { Items = [] });
        Assert.Equal(request.Items, read.Items);
    }

    private static long Claim(TaskBoard board) =>
        board.Request(new TaskRequest(new LeaseHolder("ann")), new CommitOptions { RequestId = "r" }).Task!.Claim!.Token;

    private static void Send(TaskBoard board, int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        var outcome = board.Edit([new TaskEdit("A") { Content = text }], new CommitOptions { RequestId = "r" + text }).Single();
        Assert.Null(outcome.Refusal);
    }
}
