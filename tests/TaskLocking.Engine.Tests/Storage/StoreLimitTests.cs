using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using TaskLocking.FileStore;
using TaskLocking.Model;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>Numbers at their limits, and names that look like ours: passed over or refused by name, and nothing overflows.</summary>
public sealed class StoreLimitTests : IDisposable
{
    private readonly TempWorkspace _place = new();
    private readonly StorePaths _paths;

    public StoreLimitTests()
    {
        _paths = new StorePaths(_place.Path);
        Define("A");
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("9223372036854775807.jsonl")]
    [InlineData("9223372036854775808.jsonl")]
    [InlineData("4503599627370496.jsonl")]
    [InlineData("9999999999.jsonl")]
    [InlineData("0000000002.jsonl")]
    [InlineData("1.jsonl")]
    [InlineData("01.jsonl")]
    [InlineData("00000000001.jsonl")]
    [InlineData("0000000000.jsonl")]
    [InlineData("-000000001.jsonl")]
    [InlineData("+000000002.jsonl")]
    [InlineData("0000000001 (conflicted copy).jsonl")]
    [InlineData("0000000001.sync-conflict-20260101-120000.jsonl")]
    [InlineData("0000000001.jsonl~")]
    [InlineData("0000000001.jsonl.orig")]
    [InlineData("9223372036854775807.ended")]
    [InlineData("\u0661.jsonl")] // a digit of another script
    public void A_stray_journal_is_as_if_it_were_not_there(string name)
    {
        var stray = Path.Combine(_paths.Journals, name);
        // Whole lines of a history, as a copy has them, and nothing at all.
        foreach (var content in new[] { File.ReadAllBytes(_paths.Journal(1)), [] })
        {
            File.WriteAllBytes(stray, content);
            for (var round = 0; round < 3; round++)
            {
                Checkpoint();
                Define($"{content.Length}-{round}");
            }
            // Of a number that was come by since, nobody can tell it from one of ours that a killed process left.
            if (name is not ("0000000002.jsonl" or "9999999999.jsonl"))
                Assert.Equal(content, File.ReadAllBytes(stray));
        }
        // Without anything to lead there the document alone does, whatever else lies about.
        foreach (var sequence in JournalNames.In(_paths.Journals).Where(sequence => _paths.Journal(sequence) != stray))
            File.Delete(_paths.Journal(sequence));
        File.WriteAllBytes(stray, []);
        File.Delete(_paths.Backup);
        Define("Z");
        using var board = _place.Open(oneShot: true);
        Assert.Equal(8, board.GetTasks().Count);
    }

    [Theory]
    [InlineData("version", "9007199254740991")]
    [InlineData("version", "9007199254740000")]
    [InlineData("version", "9007199254740992")]
    [InlineData("version", "9223372036854775807")]
    [InlineData("version", "9223372036854775808")]
    [InlineData("version", "-1")]
    [InlineData("version", "1e3")]
    [InlineData("journal", "9223372036854775807")]
    [InlineData("offset", "9223372036854775807")]
    public void A_mark_at_the_limit_is_passed_over_or_refused_by_name(string member, string number)
    {
        foreach (var isAlone in new[] { false, true })
        {
            var text = File.ReadAllText(_paths.Document);
            File.WriteAllText(_paths.Document, Whole(text, member, number));
            if (isAlone)
            {
                Directory.Delete(_paths.Journals, recursive: true);
                File.Delete(_paths.Backup);
            }
            using var board = _place.Open(oneShot: true);
            Assert.Contains("A", board.GetTasks().Select(task => task.Id));
            try
            {
                var outcome = board.Edit([new TaskEdit("A") { Name = number + isAlone }])[0];
                Assert.Null(outcome.Refusal);
                Assert.InRange(outcome.Task!.Version, 1, StoreLife.HighestVersion);
            }
            catch (TaskLockingException refused)
            {
                Assert.Equal(RefusalCode.StateCorrupt, refused.Refusal.Code);
                Assert.Contains("9007199254740991", refused.Message, StringComparison.Ordinal);
                Assert.Equal("version", member);
            }
        }
    }

    [Theory]
    [InlineData("9007199254740992")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999")]
    [InlineData("18446744073709551617")] // 1, if it overflowed
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    public void A_line_of_a_version_that_there_is_not_is_refused_by_its_place(string version)
    {
        foreach (var operation in new[] { """{"id":"A","set":{"name":"no"}}""", """{"id":"N","new":{"id":"N","name":"no"}}""" })
        {
            using var image = StoreLoader.Load(_paths);
            var line = new ByteBuffer();
            line.Write($"{{\"v\":{version},\"t\":\"2026-01-01T00:00:00.000Z\",\"by\":\"x\",\"n\":1,\"op\":[{operation}]");
            JournalLine.Seal(line, image.Chain);
            var before = File.ReadAllBytes(_paths.Journal(1));
            File.WriteAllBytes(_paths.Journal(1), [.. before, .. line.ToArray()]);
            using var board = _place.Open(oneShot: true);
            foreach (var act in new Action[] { () => board.GetTasks(), () => board.Define([new TaskDefinition("X")]) })
                Assert.Equal((RefusalCode.StateCorrupt, _paths.Journal(1)),
                    (Assert.Throws<TaskLockingException>(act).Refusal is var refusal ? refusal.Code : default, refusal.Path));
            File.WriteAllBytes(_paths.Journal(1), before);
        }
    }

    [Theory]
    [InlineData("""{"id":null,"set":{"name":"no"}}""")]
    [InlineData("""{"set":{"name":"no"}}""")]
    [InlineData("""{"new":{"id":"N","name":"no"}}""")]
    [InlineData("""{"raw":"{}"}""")]
    [InlineData("""{"rest":"[{}]"}""")]
    [InlineData("""{"gone":true}""")]
    [InlineData("""{"id":"A","raw":null}""")]
    [InlineData("""{"id":"A","rest":null}""")]
    [InlineData("""{"frame":null}""")]
    [InlineData("""{"record":"agents","key":null,"value":{"name":"a"}}""")]
    [InlineData("""{"record":"files","key":null,"value":null}""")]
    public void A_line_that_names_nothing_is_refused_by_its_place(string operation)
    {
        using var image = StoreLoader.Load(_paths);
        var line = new ByteBuffer();
        line.Write($"{{\"v\":{image.State.Version + 1},\"t\":\"2026-01-01T00:00:00.000Z\",\"by\":\"x\",\"n\":1,\"op\":[{operation}]");
        JournalLine.Seal(line, image.Chain);
        File.WriteAllBytes(_paths.Journal(1), [.. File.ReadAllBytes(_paths.Journal(1)), .. line.ToArray()]);
        using var board = _place.Open(oneShot: true);
        var refusal = Assert.Throws<TaskLockingException>(() => board.GetTasks()).Refusal;
        Assert.Equal((RefusalCode.StateCorrupt, _paths.Journal(1)), (refusal.Code, refusal.Path));
    }

    [Theory]
    [InlineData("journal", 2L << 30)]
    [InlineData("journal", (4L << 30) + 5)]
    [InlineData("stamp", (4L << 30) + 5)]
    [InlineData("flushing", (4L << 30) + 5)]
    [InlineData("other journal", (4L << 30) + 5)]
    public void A_file_of_gigabytes_of_nothing_loses_nothing(string which, long length)
    {
        var path = which switch
        {
            "journal" => _paths.Journal(1),
            "stamp" => _paths.Published,
            "flushing" => _paths.Flushing,
            _ => _paths.Journal(3),
        };
        using (var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(length);
        Define("B");
        Checkpoint();
        Define("C");
        using var board = _place.Open(oneShot: true);
        Assert.Equal(["A", "B", "C"], board.GetTasks().Select(task => task.Id));
    }

    [Theory]
    [InlineData("document")]
    [InlineData("backup")]
    public void A_document_of_gigabytes_is_refused_by_its_name(string which)
    {
        var path = which == "document" ? _paths.Document : _paths.Backup;
        if (which == "backup")
            File.Delete(_paths.Document);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(3L << 30);
        using var board = _place.Open(oneShot: true);
        foreach (var act in new Action[] { () => board.GetTasks(), () => board.Define([new TaskDefinition("X")]) })
            Assert.Equal((RefusalCode.StoreUnavailable, path),
                (Assert.Throws<TaskLockingException>(act).Refusal is var refusal ? refusal.Code : default, refusal.Path));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00.000Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59.999Z")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("0000-00-00T00:00:00.000Z")]
    public void Times_at_the_ends_of_the_calendar_are_times(string time)
    {
        var document = JsonNode.Parse(File.ReadAllText(_paths.Document))!.AsObject();
        var todo = document["todos"]![0]!.AsObject();
        foreach (var member in new[] { "created", "lastModified", "updated_at", "completedAt" })
            todo[member] = time;
        todo["taskLocking"] = new JsonObject
        {
            ["claim"] = new JsonObject { ["token"] = 1, ["agent"] = "bot", ["expires"] = time, ["since"] = time },
            ["notBefore"] = time,
        };
        document["lastModified"] = time;
        File.WriteAllText(_paths.Document, document.ToJsonString());
        File.SetLastWriteTimeUtc(_paths.Document, time.StartsWith('9') ? new DateTime(2400, 1, 1) : new DateTime(1910, 1, 1));
        using var board = _place.Open();
        Assert.Null(board.Define([new TaskDefinition("B")])[0].Refusal);
        _ = board.Request(new TaskRequest(new LeaseHolder("other")));
        Assert.Null(board.Edit([new TaskEdit("B") { Name = "b" }])[0].Refusal);
        board.Sync();
        Assert.Equal(["A", "B"], TodoBytes.Of(_paths.Document).Select(each => each.Id));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(9007199254740991)]
    [InlineData(-1)]
    public void A_task_number_that_cannot_be_counted_up_from_stays_as_it_is(long number)
    {
        Directory.Delete(_place.Store, recursive: true);
        Directory.CreateDirectory(_place.Store);
        File.WriteAllText(_paths.Document, string.Create(CultureInfo.InvariantCulture, $$"""{"todos":[],"nextTaskNumber":{{number}}}"""));
        Define("A");
        Define("B");
        Assert.Equal(number, (long)JsonNode.Parse(File.ReadAllText(_paths.Document))!["nextTaskNumber"]!);
    }

    private void Define(string id)
    {
        using var board = _place.Open(oneShot: true);
        Assert.Null(board.Define([new TaskDefinition(id)])[0].Refusal);
    }

    private void Checkpoint()
    {
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true });
        store.Read();
        store.Log.Publisher.Checkpoint();
    }

    // With a checksum that holds, as somebody writes it who knows how.
    private static string Whole(string text, string member, string number)
    {
        var mark = text.LastIndexOf("\"taskLocking\": {", StringComparison.Ordinal);
        var start = text.IndexOf("\"" + member + "\":", mark, StringComparison.Ordinal) + member.Length + 3;
        var end = text.IndexOf(',', start);
        text = text[..start] + number + text[end..];
        var digits = text.IndexOf("\"checksum\":\"", mark, StringComparison.Ordinal) + 12;
        var checksum = Crc32C.Append(Crc32C.Append(0, Encoding.UTF8.GetBytes(text[..digits])),
            Encoding.UTF8.GetBytes(text[(digits + 8)..]));
        return text[..digits] + checksum.ToString("x8", CultureInfo.InvariantCulture) + text[(digits + 8)..];
    }
}
