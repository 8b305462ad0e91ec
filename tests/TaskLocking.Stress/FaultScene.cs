using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using TaskLocking.Faults;
using TaskLocking.FileStore;
using TaskLocking.Workspaces;

namespace TaskLocking.Stress;

/// <summary>
/// Two stores that live and some that come for one command, on a disk of which some calls fail. After it, what was acknowledged is there,
/// what was refused is not, what was uncertain is one of both; and whatever was answered after a failed flush of a journal stands in a
/// later one.
/// </summary>
internal sealed class FaultScene(string workspace)
{
    private const int LargeText = 900_000;

    private static readonly RefusalCode[] Expected = [RefusalCode.CommitUncertain, RefusalCode.StoreUnavailable, RefusalCode.DiskFull];

    private readonly StorePaths _paths = new(workspace);
    private readonly List<string> _broken = [];
    private readonly List<string> _possible = []; // contents that the task may have
    private string _kind = "";
    private int _arrivals;
    private int _failed;
    private long _ended; // the journal whose flush has failed

    /// <summary>Whether the call was made that often.</summary>
    public bool IsReached => _failed > 0;

    /// <summary>How many answers were uncertain.</summary>
    public int Uncertain { get; private set; }

    /// <summary>Gives what must not have been.</summary>
    public List<string> Run(string kind, int arrival, int inARow)
    {
        _kind = kind;
        var kinds = kind.Split('+');
        // The first kind counts; once it has failed, the others fail with it.
        Failpoint.Failing = (name, journal) =>
            kinds.Contains(name) && (name == kinds[0] ? Interlocked.Increment(ref _arrivals) : _arrivals) is var at &&
            at >= arrival && at < arrival + inARow && (name != kinds[0] || Fail(journal));
        using (var one = Open(isOneShot: false))
        using (var other = Open(isOneShot: false))
        {
            for (var left = 20; left > 0 && _possible.Count == 0; left--)
                Commit("define",
                    () => Once(board => board.Define([new TaskDefinition("step") { Content = "define" },
                        new TaskDefinition("twin") { Content = "define" }])));
            for (var round = 0; round < 3; round++)
            {
                Edit("one " + round, one);
                Edit("other " + round, other);
                Edit("once " + round, null);
            }
            Commit("nothing", () => Once(board => board.Edit([new TaskEdit("step") { Content = "once 2" }])), changes: false);
            Rewrite();
            Edit("foreign", null);
            Tear();
            Edit("torn", one);
            for (var round = 0; round < 4; round++)
                Edit("large " + round + new string((char)('a' + round), LargeText), round % 2 == 0 ? one : null);
            Commit("sync", () => other.Sync(), changes: false);
            Edit("after", other);
        }
        Failpoint.Failing = null;
        Look();
        return _broken;
    }

    private TaskBoard Open(bool isOneShot) => TaskBoard.Open(workspace, new TaskBoardOptions { OneShot = isOneShot });

    private void Once(Action<TaskBoard> act)
    {
        using var board = Open(isOneShot: true);
        act(board);
    }

    private void Edit(string content, TaskBoard? board)
    {
        TaskEdit[] edits = [new TaskEdit("step") { Content = content }, new TaskEdit("twin") { Content = content }];
        Commit(content, () =>
        {
            if (board is null)
                Once(once => once.Edit(edits));
            else
                board.Edit(edits);
        });
    }

    private void Commit(string content, Action act, bool changes = true)
    {
        var name = content.Length > 20 ? content[..20] : content;
        var ended = Volatile.Read(ref _ended);
        try
        {
            act();
        }
        catch (TaskLockingException refused) when (Expected.Contains(refused.Refusal.Code))
        {
            if (refused.Refusal.Code != RefusalCode.CommitUncertain)
                return;
            Uncertain++;
            if (changes)
                _possible.Add(content);
            return;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            _broken.Add($"{name}: {fault}");
            return;
        }
        if (changes)
            _possible.Clear();
        if (changes)
            _possible.Add(content);
        // A failure while it was at work may have come behind its answer.
        if (ended > 0 && Newest() is var now && now <= ended)
            _broken.Add($"{name}: answered in journal {now}, although a flush of journal {ended} had failed");
    }

    private bool Fail(long journal)
    {
        _failed++;
        if (_kind.StartsWith("journal.flush", StringComparison.Ordinal))
            Volatile.Write(ref _ended, journal);
        return true;
    }

    private long Newest()
    {
        using var image = StoreLoader.Load(_paths);
        return image.Journal is { IsRetired: false } journal ? journal.Sequence : 0;
    }

    private void Look()
    {
        for (var again = 0; again < 2; again++)
        {
            using var board = Open(isOneShot: true);
            var (step, twin) = (board.FindTask("step")?.Content, board.FindTask("twin")?.Content);
            if (step != twin || !_possible.Contains(step ?? ""))
                _broken.Add($"found {Short(step)} and {Short(twin)}, expected {string.Join(" or ", _possible.Select(Short))}");
            if (board.Define([new TaskDefinition("afterwards-" + again)])[0].Refusal is { } refusal)
                _broken.Add(refusal.Message);
            board.Sync();
        }
    }

    private static string Short(string? text) => text is null ? "nothing" : text[..Math.Min(text.Length, 12)];

    // As a writer leaves it that dies within its line.
    private void Tear()
    {
        if (Newest() is var sequence and > 0)
            File.AppendAllText(_paths.Journal(sequence), "{\"v\":99,\"t\":\"2");
    }

    // As a script does that loads the document, changes it and writes it back whole.
    private void Rewrite()
    {
        if (!File.Exists(_paths.Document))
            return;
        var root = JsonNode.Parse(File.ReadAllText(_paths.Document))!.AsObject();
        root["todos"]!.AsArray().Add(new JsonObject { ["id"] = "foreign", ["name"] = "from elsewhere", ["status"] = "todo" });
        File.WriteAllText(_paths.Document + ".new", root.ToJsonString());
        File.Move(_paths.Document + ".new", _paths.Document, overwrite: true);
    }
}
