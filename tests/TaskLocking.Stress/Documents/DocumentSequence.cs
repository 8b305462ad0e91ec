using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using TaskLocking.Faults;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.Stress;

/// <summary>
/// One sequence: processes that come for one command and processes that live, and between them whatever happens to a document: older ones,
/// with and without our mark, tools, half-written and broken files, lost hints, flushes that fail, kills. After each step all that was
/// acknowledged is there for whoever looks.
/// </summary>
internal sealed class DocumentSequence : IDisposable
{
    private const int MostSteps = 16;
    private const int Living = 2;

    private readonly string _folder;
    private readonly Random _random;
    private readonly StorePaths _paths;
    private readonly TickingClock _clock = new();
    private readonly DocumentTruth _truth;
    private readonly ForeignHand _hand;
    private readonly LivingBoard?[] _living = new LivingBoard?[Living];
    private readonly List<string> _older = [];
    private (JsonObject Document, int Step)? _opened; // by an editor
    private LostRange? _lost;
    private bool _isCheckpointed;
    private int _step;
    private int _count;

    public DocumentSequence(string folder, Random random)
    {
        _folder = folder;
        _random = random;
        _paths = new StorePaths(folder);
        _truth = new DocumentTruth(_paths);
        _hand = new ForeignHand(_paths.Document, random, _clock);
        if (random.Next(2) == 0)
        {
            Directory.CreateDirectory(_paths.Folder);
            File.WriteAllText(_paths.Document, "{\"todos\":[{\"id\":\"first\",\"name\":\"from the repository\",\"status\":\"Todo\"}]}");
            _truth.Write("first", null!);
        }
        foreach (var id in new[] { ForeignHand.Own, "ours 0", "ours 1", "ours 2" })
            Once(board => Define(board, id));
        _older.Add(File.ReadAllText(_paths.Document));
    }

    public List<string> Steps { get; } = [];

    public void Run()
    {
        for (var left = 4 + _random.Next(MostSteps); left > 0; left--)
        {
            _step++;
            Step();
            Once(_truth.Check);
            foreach (var living in _living)
            {
                if (living is not null && _random.Next(2) == 0)
                    _truth.Check(living.Board);
            }
        }
        Steps.Add("end");
        Dispose();
        Mend();
        Once(_truth.Check);
        if (_hand.Load()["todos"]!.AsArray().Count != _truth.Ids.Count())
            throw new PromiseBroken("the document does not show what is there");
    }

    private void Step()
    {
        switch (_random.Next(19))
        {
            case 0 or 1 or 2 or 3 or 4:
                Verb();
                break;
            case 5:
                Rewrite("rewrite", Current(), _step);
                break;
            case 6:
                Mended("rewrite without mark", document => Rewrite("", ForeignHand.Unmarked(document), _step));
                break;
            case 7 when _opened is { } opened:
                Mend();
                _opened = null;
                var form = ForeignHand.IsMarked(opened.Document) ? "save what was open" : "save what was open, without mark";
                Rewrite(form, opened.Document, opened.Step);
                break;
            case 7 or 8:
                Steps.Add("open");
                Mend();
                _opened = (_random.Next(2) == 0 ? _hand.Load() : ForeignHand.Unmarked(_hand.Load()), _step);
                break;
            case 9 or 10:
                PutOlder();
                break;
            case 11:
                Mended("tool that drops what it does not know", document =>
                {
                    Write(document);
                    ForeignHand.DropUnknown(document);
                    _hand.Save(document);
                });
                break;
            case 12:
                Mended("shuffle", document =>
                {
                    _hand.Shuffle(document);
                    _hand.Save(_random.Next(2) == 0 ? document : ForeignHand.Unmarked(document));
                });
                break;
            case 13:
                WriteSlowly();
                break;
            case 14:
                Damage();
                break;
            case 15:
                FailToFlush();
                break;
            case 16:
                Kill();
                break;
            case 17 when _lost is { } lost:
                Steps.Add("lose what was not flushed");
                Dispose();
                lost.Lose();
                _lost = null;
                break;
            default:
                Steps.Add("sync");
                Mend();
                _older.Add(File.ReadAllText(_paths.Document));
                break;
        }
    }

    private void Verb()
    {
        var hand = _random.Next(Living + 1);
        var id = $"ours {_random.Next(3)}";
        Action<TaskBoard> verb = _random.Next(7) switch
        {
            0 => board => Define(board, $"new {_count++}"),
            1 => board => Told(board, id, board.Edit([new TaskEdit(id) { Content = $"text {_count++}" }])[0].Refusal),
            2 => board => Move(board, id),
            3 => board => Move(board, ForeignHand.Own),
            4 => Claim,
            5 => board => Assign(board, id),
            _ => Remove,
        };
        Steps.Add(hand < Living ? $"verb {hand}" : "verb once");
        if (hand < Living)
            verb((_living[hand] ??= Open()).Board);
        else
            Once(verb);
    }

    private void Told(TaskBoard board, string id, Refusal? refusal)
    {
        if (refusal is null)
            _truth.Acknowledge(board, id, _step);
    }

    private void Claim(TaskBoard board)
    {
        if (board.Request(new TaskRequest(new LeaseHolder($"worker {_count++}"))).Task is { } task)
            _truth.Acknowledge(board, task.Id, _step);
    }

    private void Assign(TaskBoard board, string id)
    {
        if (board.Assign(new AssignmentRequest([id], "agent", "somebody")).Success)
            _truth.Acknowledge(board, id, _step);
    }

    private void Move(TaskBoard board, string id) =>
        Told(board, id, board.Edit([new TaskEdit(id) { Status = (AgentTaskStatus)(1 + _random.Next(3)) }])[0].Refusal);

    private void Define(TaskBoard board, string id) =>
        Told(board, id, board.Define([new TaskDefinition(id) { Content = "first" }])[0].Refusal);

    private void Remove(TaskBoard board)
    {
        var ids = _truth.Ids.Where(id => id.StartsWith("new ", StringComparison.Ordinal) || id == "first");
        var id = ids.OrderBy(_ => _random.Next()).FirstOrDefault();
        if (id is null || board.Remove([new TaskRemoval(id, Force: true)])[0].Refusal is not null)
            return;
        _truth.Remove(id, _isCheckpointed);
    }

    private JsonObject Current()
    {
        if (_random.Next(2) == 0 || !IsDocument())
            Mend();
        return _hand.Load();
    }

    private void Mended(string step, Action<JsonObject> change)
    {
        Steps.Add(step);
        Mend();
        using (ExclusiveLock.Acquire(_paths.PublishLock))
            change(_hand.Load());
    }

    // Between our look at the document and its rename nobody is heard; that much is no promise.
    private void Rewrite(string step, JsonObject document, int loadedAt)
    {
        if (step.Length > 0)
            Steps.Add(step);
        Write(document);
        if (ForeignHand.IsMarked(document) && _random.Next(3) == 0)
            LeaveOut(document, loadedAt);
        if (step.Length == 0)
        {
            _hand.Save(document);
        }
        else
        {
            using (ExclusiveLock.Acquire(_paths.PublishLock))
                _hand.Save(document);
        }
    }

    private void Write(JsonObject document)
    {
        var content = $"theirs {_count++}";
        _hand.Change(document, content);
        _truth.Write(ForeignHand.Own, content);
        if (_random.Next(3) > 0)
            return;
        var id = $"foreign {_count++}";
        _hand.Add(document, id, content);
        _truth.Write(id, content);
    }

    // What our verbs changed since it was loaded stays, whatever its writer meant.
    private void LeaveOut(JsonObject document, int loadedAt)
    {
        var id = $"ours {_random.Next(3)}";
        if (_truth[id] is { } known && ForeignHand.Remove(document, id) && (known.ChangedAt < loadedAt || known.IsUnsure))
            _truth.LeaveOut(id);
    }

    private void PutOlder()
    {
        Mend();
        var text = _older[_random.Next(_older.Count)];
        var form = _random.Next(3);
        Steps.Add(new[] { "older document", "older document without mark", "older document, bare" }[form]);
        var document = JsonNode.Parse(text)!.AsObject();
        using (ExclusiveLock.Acquire(_paths.PublishLock))
            _hand.Save(form == 0 ? text : _hand.Text(form == 1 ? ForeignHand.Unmarked(document) : ForeignHand.Bare(document)));
    }

    private void WriteSlowly()
    {
        Steps.Add("truncate, verbs, write");
        Mend();
        var document = _hand.Load();
        using (var file = new FileStream(_paths.Document, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            // Each waits for the writer, for a moment.
            if (_random.Next(3) == 0)
            {
                Once(board => Define(board, $"new {_count++}"));
                Once(_truth.Check);
                // On a machine with much to do the moment may be over, and another document in its place.
                if (FileStamp.Of(_paths.Document) is not { } there || !there.IsSameFile(FileStamp.Of(file.SafeFileHandle)!.Value))
                    return;
            }
            Write(document);
            using var writer = new StreamWriter(file);
            writer.Write(_hand.Text(document));
        }
    }

    private void Damage()
    {
        Mend();
        var kind = _random.Next(DocumentHarm.Broken.Length + 2);
        if (kind == DocumentHarm.Broken.Length + 1)
        {
            Steps.Add("forget stamp");
            File.Delete(_paths.Published);
            return;
        }
        Steps.Add(kind == DocumentHarm.Broken.Length ? "remove document" : "break document: "
            + DocumentHarm.Broken[kind].ReplaceLineEndings(" "));
        using (ExclusiveLock.Acquire(_paths.PublishLock))
        {
            if (kind == DocumentHarm.Broken.Length)
                File.Delete(_paths.Document);
            else
                File.WriteAllText(_paths.Document, DocumentHarm.Broken[kind]);
        }
    }

    // Who saw it goes on, or is gone, and the next process does. It is not told what became of the name, so that is not looked at.
    private void FailToFlush()
    {
        var hand = _random.Next(Living + 1);
        Steps.Add(hand < Living ? $"fail to flush {hand}" : "fail to flush once");
        var living = hand < Living ? _living[hand] ??= Open() : Open(oneShot: true);
        var id = $"ours {_random.Next(3)}";
        living.Store.Log.Flush.Before = () =>
        {
            _lost ??= LostRange.AtEnd(living.Store);
            throw new IOException("planted");
        };
        try
        {
            living.Board.Edit([new TaskEdit(id) { Name = $"unsure {_count++}" }]);
        }
        catch (TaskLockingException refused) when (refused.Refusal.Code == RefusalCode.CommitUncertain)
        {
            // As meant.
        }
        living.Store.Log.Flush.Before = null;
        _truth.Doubt(id);
        Checkpointed();
        if (hand == Living)
            living.Board.Dispose();
    }

    private void Kill()
    {
        var place = DocumentHarm.Places[_random.Next(DocumentHarm.Places.Length)];
        Steps.Add("kill at " + place);
        var id = $"ours {_random.Next(3)}";
        var (thread, isDead) = (Environment.CurrentManagedThreadId, false);
        var before = Failpoint.Arrived;
        Failpoint.Arrived = name =>
        {
            if (Environment.CurrentManagedThreadId == thread && (isDead |= name == place))
                throw new KilledHere(name);
        };
        try
        {
            Once(board => board.Edit([new TaskEdit(id) { Name = $"unsure {_count++}" }]));
        }
        catch (KilledHere)
        {
            // As meant.
        }
        finally
        {
            Failpoint.Arrived = before;
        }
        _truth.Doubt(id);
        // Who is gone in the middle of a flush may have seen it fail: the next writer begins another journal.
        Checkpointed();
    }

    // The document is up to date, and what others wrote is taken over.
    private void Mend() => Once(board => board.Sync());

    private bool IsDocument() => DocumentReading.Of(_paths) is { Document: not null, Bytes: [(byte)'{', ..] };

    private void Checkpointed()
    {
        _isCheckpointed = true;
        _truth.Forget();
    }

    private LivingBoard Open(bool oneShot = false)
    {
        var store = new FileTaskStore(_folder, new TaskBoardOptions { Clock = _clock, OneShot = oneShot });
        return new LivingBoard(store, new TaskBoard(store, _folder, new LockSession()));
    }

    private void Once(Action<TaskBoard> act)
    {
        using var board = TaskBoard.Open(_folder, new TaskBoardOptions { OneShot = true, Clock = _clock });
        act(board);
    }

    public void Dispose()
    {
        for (var hand = 0; hand < Living; hand++)
        {
            _living[hand]?.Board.Dispose();
            _living[hand] = null;
        }
    }
}
