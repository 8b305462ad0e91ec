using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Board;
using TaskLocking.Faults;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.FileStore;

/// <summary>
/// Takes over what somebody else wrote into the document, todo by todo and then field by field, three ways: what they started from, what
/// they wrote, what we have by now. Where only they changed something, theirs counts; where both did, the later; the other is kept aside.
/// What was archived stays there.
/// What they leave out is removed only if our mark says what they started from; else it stays, be it a task, a field, or a part of a
/// history. What we keep of a todo (its claim, its attempts) stays ours. Pure.
/// </summary>
/// <remarks>
/// Calling sequence: <see cref="Differing"/> tells which todos have to be looked for in the past; then <see cref="Run"/>.
/// </remarks>
internal sealed class ForeignMerge(BoardState ours, TodoDocument theirs, ITaskArchive? archive = null)
{
    private readonly Dictionary<string, TodoEntry> _differing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);
    private readonly ByteBuffer _operations = new(1024);
    private readonly ByteBuffer _lost = new(16);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal); // into the archive
    private readonly List<TodoEntry> _adopted = [];
    private HashSet<string>? _needed;
    private IReadOnlyDictionary<string, ArchivedTask> _archived = new Dictionary<string, ArchivedTask>(StringComparer.Ordinal);
    private MergeBase _start = new(null, 0, false, false, new EarlierStates([]));

    /// <summary>The elements of a journal line's <c>op</c>; empty if nothing is new.</summary>
    public ReadOnlySpan<byte> Operations => _operations.Written;

    /// <summary>Todos that lost, as a JSON array; empty if there are none.</summary>
    public ReadOnlySpan<byte> Lost => _lost.Written;

    /// <summary>How many todos were taken over.</summary>
    public int Adopted { get; private set; }

    /// <summary>The highest version or token that comes in with todos of another store: no lower one may be given out for them.</summary>
    public long HighestVersion { get; private set; }

    /// <summary>What did not go as its writer may expect.</summary>
    public MergeFindings Findings { get; } = new();

    /// <summary>The todos of theirs that are not what we have, by their ids.</summary>
    public IReadOnlyCollection<TodoEntry> Differing()
    {
        foreach (var entry in theirs.Entries)
        {
            if (!entry.IsAddressable)
                continue;
            _present.Add(entry.Id);
            if (ours.FindEntry(entry.Id) is not { } mine || !JsonSame.As(mine.Json.Span, entry.Json.Span))
                _differing.Add(entry.Id, entry);
        }
        // Of several with one id in another order it is still the same one that counts.
        foreach (var entry in theirs.Entries)
        {
            if (entry.IsAddressable || !_differing.ContainsKey(entry.Id))
                continue;
            if (ours.FindEntry(entry.Id) is { } mine && JsonSame.As(mine.Json.Span, entry.Json.Span))
                _differing.Remove(entry.Id);
        }
        return _differing.Values;
    }

    public ForeignMerge Run(MergeBase start)
    {
        _start = start;
        if (archive is not null && ours.Archive.Count > 0)
            _archived = archive.Find([.. _differing.Keys.Where(id => ours.FindEntry(id) is null)], ours.Archive);
        foreach (var entry in theirs.Entries)
        {
            if (entry.IsAddressable && _differing.ContainsKey(entry.Id))
                Take(entry);
        }
        TakeRest();
        TakeArchive();
        BringBackNeeded();
        foreach (var entry in ours.Entries)
        {
            if (entry.IsAddressable && !_present.Contains(entry.Id))
                Miss(entry);
        }
        if (_lost.Length > 0)
            _lost.Write("\n]\n"u8);
        TakeFrame();
        return this;
    }

    private void Take(TodoEntry entry)
    {
        var mine = ours.FindEntry(entry.Id);
        var before = _start.State?.FindEntry(entry.Id);
        if (before is not null && JsonSame.As(before.Json.Span, entry.Json.Span))
            return;
        var (theirs, hadMoved) = (entry, false);
        if (mine is not null && MovedEntries.Of(mine, archive) is { } moved)
        {
            theirs = moved.Without(entry, _start.IsExact ? before : null, out hadMoved);
            before = before is null ? null : moved.Without(before, null, out _);
            if (JsonSame.As(mine.Json.Span, theirs.Json.Span))
                return;
        }
        // What was archived comes back by nobody's document.
        if (_archived.TryGetValue(entry.Id, out var archived))
        {
            if (!JsonSame.As(archived.Task.Source!.Json.Span, entry.Json.Span))
                KeepAside(entry, Findings.Archived);
            return;
        }
        if (_start.Earlier.IsOld(entry.Id) || (mine is null && before is null && WasRemovedBefore(entry)))
        {
            KeepAside(entry, Findings.NotTaken);
            return;
        }
        if (mine is not null)
        {
            // New from them otherwise; or removed by us, and their change brings it back.
            var isChanged = before is null || !JsonSame.As(before.Json.Span, mine.Json.Span);
            if (IsOurs(mine.Task, entry, isChanged))
            {
                KeepAside(entry, Findings.NotTaken);
                return;
            }
        }
        Adopt(theirs, mine, before, hadMoved);
    }

    // What cannot be addressed is neither ours nor theirs to judge: all of it stays in the document.
    private void TakeRest()
    {
        var rest = new RestMerge(ours, theirs, _start);
        foreach (var id in rest.Ids.ToList())
        {
            var removed = new List<TodoEntry>();
            if (rest.Of(id, removed) is not { } todos)
                continue;
            Begin(id, "\"rest\":" + JsonSlices.Quote("[" + string.Join(",", todos.Select(todo => todo.ToJson())) + "]"));
            foreach (var entry in removed)
                KeepAside(entry, Findings.Removed);
        }
    }

    // They started from something older than the oldest state that is known: what had a version by then and is not there, was removed.
    // Our own version is no measure: it may have skipped. Where what we know is later than what they saw, all that bears our hand was.
    private bool WasRemovedBefore(TodoEntry entry) =>
        _start is { IsOfThisStore: true, IsExact: false, State: { } state }
        && ((entry.Task.Version > 0 && entry.Task.Version <= state.Version) || (_start.IsLater && JsonSlices.Own(entry.Json).Count > 0));

    // Of two changes the later counts. A writer that may have started from an old state is believed only if he is not behind us; and so is,
    // for one todo, who brings it back from before his own mark.
    private bool IsOurs(AgentTask mine, TodoEntry entry, bool isChanged)
    {
        var other = entry.Task;
        var (left, right) = (mine.LastModified ?? DateTimeOffset.MinValue, Written(entry));
        // Several commits may fall into one millisecond; a higher version of this store is certainly later.
        if (left == right && _start.IsOfThisStore && other.Version > 0 && other.Version != mine.Version)
            return mine.Version > other.Version;
        if (isChanged)
            return left >= right;
        return left > right && (!_start.IsExact || (other.Version > 0 && other.Version < mine.Version));
    }

    // A time without an offset is that of UTC or of this place; which, nobody can tell, and ours must not seem the earlier for it.
    private static DateTimeOffset Written(TodoEntry entry)
    {
        if (entry.Task.LastModified is not { } time)
            return DateTimeOffset.MinValue;
        var text = JsonSlices.Properties(entry.Json).FindLast(member => member.Name == "lastModified");
        // The first and the last year have no room for an offset.
        if (text is null || time.Year is <= 1 or >= 9999 || !Timestamp.IsNaive(JsonScan.Utf8(text.Value).Trim('"')))
            return time;
        var local = new DateTimeOffset(DateTime.SpecifyKind(time.DateTime, DateTimeKind.Local));
        return local < time ? local : time;
    }

    // A task of ours that they do not have. What they started from and did not write back, they removed; what we made or changed since,
    // stays.
    private void Miss(TodoEntry mine)
    {
        if (_start.State?.FindEntry(mine.Id) is not { } before)
            return;
        if ((_start.IsExact || PlantedBug.RemoveByOldDocument) && IsUntouched(before, mine))
        {
            Begin(mine.Id, "\"gone\":true");
            KeepAside(mine, Findings.Removed);
        }
        else
        {
            Findings.Lacking.Add(mine.Id);
        }
    }

    // Neither a change of the todo nor one of what we keep of it: a claim.
    private bool IsUntouched(TodoEntry before, TodoEntry mine) => before.Task.Version == mine.Task.Version
        && JsonSame.As((MovedEntries.Of(mine, archive)?.Without(before, null, out _) ?? before).Json.Span, mine.Json.Span);

    private void KeepAside(TodoEntry entry, List<string> finding)
    {
        finding.Add(entry.Id);
        _lost.Write(_lost.Length == 0 ? "[\n"u8 : ",\n"u8);
        _lost.Write(entry.Json.Span);
    }

    private void Adopt(TodoEntry entry, TodoEntry? mine, TodoEntry? before, bool hadMoved)
    {
        var json = mine is null ? Own(entry) : entry.Json;
        if (mine is not null && !PlantedBug.RemoveByOldDocument)
        {
            var union = new TodoUnion(mine.Json, json, before?.Json, _start.IsExact && before is not null,
                hadMoved, _start.State is null || _start.IsLater);
            json = union.Merge();
            if (union.HasMore)
                Findings.Partial.Add(entry.Id);
            if (union.IsDisplaced)
                KeepAside(mine, Findings.Displaced);
            if (union.IsPassedOver)
                KeepAside(entry, Findings.NotTaken);
        }
        Begin(entry.Id, "\"raw\":" + JsonSlices.Quote(Encoding.UTF8.GetString(json.ToArray())));
        _adopted.Add(new TodoEntry(entry.Id, json));
        if (mine is null)
        {
            HighestVersion = Math.Max(HighestVersion, Math.Max(entry.Task.Version, entry.Task.Claim?.Token ?? 0));
            return;
        }
        var own = new StringBuilder();
        var kept = JsonSlices.Own(mine.Json);
        if (archive is not null && theirs.Mark is null && MovedUnion.Of(mine, entry, archive.Histories) is { } moved)
        {
            kept.RemoveAll(member => member.Name == TodoHistory.History);
            kept.Add(new JsonMember(TodoHistory.History, MovedHistoryJson.Write(moved)));
        }
        foreach (var member in JsonSlices.Own(entry.Json))
        {
            if (!kept.Exists(known => known.Name == member.Name))
                kept.Add(new JsonMember(member.Name, "null"u8.ToArray()));
        }
        foreach (var member in kept)
            own.Append(own.Length == 0 ? "" : ",").Append(JsonSlices.Quote(member.Name)).Append(':')
                .Append(Encoding.UTF8.GetString(JsonSlices.OnOneLine(member.Memory)));
        if (own.Length == 0)
            return;
        Begin(entry.Id, "\"own\":{" + own + "}");
        Adopted--;
    }

    // Of a todo of another board the archive of that has the older history, and nobody here will ever find it.
    private ReadOnlyMemory<byte> Own(TodoEntry entry) => archive is null || TodoHistory.Moved(entry.Json) is not { } moved
        || moved.Parts.All(part => archive.Histories.Read(part) is not null) ? entry.Json
        : TodoHistory.Telling(entry.Json, "null"u8.ToArray());

    // What another branch archived comes with the documents that were merged, and the parts with it. A task that nobody touched here is
    // archived here, too; what is known here stays as it is.
    private void TakeArchive()
    {
        if (archive is null || theirs.Mark is not null)
            return;
        var replaced = new HashSet<string>(ours.Archive.SelectMany(segment => segment.Replaces), StringComparer.Ordinal);
        foreach (var segment in theirs.Records.Archive)
        {
            if (ours.Records.SegmentOf(segment.Name) is not null || replaced.Contains(segment.Name)
                || ArchiveUnion.TryRead(segment, archive) is not { } tasks)
                continue;
            var known = archive.Find([.. tasks.Select(task => task.Id)], ours.Archive);
            var (counting, left) = (new List<AgentTask>(), new List<string>());
            foreach (var task in tasks)
            {
                if (!known.ContainsKey(task.Id) && !_taken.Contains(task.Id) && TryPutAway(task))
                    counting.Add(task);
                else
                    left.Add(task.Id);
            }
            if (counting.Count == 0)
                continue;
            _taken.UnionWith(counting.Select(task => task.Id));
            Put(segment.With([.. segment.Left, .. left], ArchiveSegment.Tally(counting, [])));
        }
    }

    // A task that is not closed finds what it waits for in the document, whoever made it wait for that.
    private void BringBackNeeded()
    {
        if (archive is null || ours.Archive.Count == 0)
            return;
        var missing = _adopted.Where(entry => entry.Task.Status is not (AgentTaskStatus.Done or AgentTaskStatus.Cancelled))
            .SelectMany(entry => entry.Task.Dependencies).Distinct(StringComparer.Ordinal)
            .Where(id => !_present.Contains(id) && ours.FindEntry(id) is null).ToList();
        if (missing.Count == 0 || TryFind(missing) is not { } archived)
            return;
        var segments = new Dictionary<string, ArchiveSegment>(StringComparer.Ordinal);
        foreach (var found in archived.Values)
        {
            var (task, segment) = (found.Task, segments.TryGetValue(found.Segment.Name, out var known) ? known : found.Segment);
            segments[segment.Name] = segment.Without(task);
            Begin(task.Id, "\"new\":" + Encoding.UTF8.GetString(JsonSlices.OnOneLine(task.Source!.Json)) + ",\"restored\":true");
        }
        foreach (var segment in segments.Values)
            Put(segment);
    }

    // Null where a part is missing or damaged: then they wait, and that is told where the graph is looked at.
    private IReadOnlyDictionary<string, ArchivedTask>? TryFind(List<string> ids)
    {
        try
        {
            return archive!.Find(ids, ours.Archive);
        }
        catch (TaskLockingException)
        {
            return null;
        }
    }

    private void Put(ArchiveSegment segment)
    {
        _operations.Write(_operations.Length > 0 ? ",{\"record\":" : "{\"record\":");
        _operations.Write(JsonSlices.Quote(StateRecords.ArchiveKind) + ",\"key\":" + JsonSlices.Quote(segment.Name) + ",\"value\":"
            + ArchiveSegmentJson.Write(segment) + "}");
    }

    // Whether no task here has the id any more.
    private bool TryPutAway(AgentTask archived)
    {
        if (ours.FindEntry(archived.Id) is not { } mine)
            return !_present.Contains(archived.Id);
        _needed ??= new HashSet<string>(ours.Tasks.Where(task => task.Status is not (AgentTaskStatus.Done or AgentTaskStatus.Cancelled))
            .SelectMany(task => task.Dependencies), StringComparer.Ordinal);
        if (_present.Contains(archived.Id) || mine.Task.Claim is not null || mine.Twins > 0 || _needed.Contains(archived.Id)
            || !JsonSame.As(mine.Json.Span, archived.Source!.Json.Span))
            return false;
        Begin(archived.Id, "\"gone\":true,\"archived\":true");
        _present.Add(archived.Id);
        return true;
    }

    // What is around the todos. Where nobody can tell what they started from, what they lack stays here too.
    private void TakeFrame()
    {
        var (frame, mine) = (theirs.Frame.Text(), ours.Frame.Text());
        if (frame == mine || frame == _start.State?.Frame.Text())
            return;
        if (!_start.IsExact)
        {
            // The mark of the encoding may stand before the object.
            var start = frame.IndexOf('{');
            var (other, own) = (Encoding.UTF8.GetBytes(frame[start..]), Encoding.UTF8.GetBytes(mine[mine.IndexOf('{')..]));
            var members = JsonUnion.Members(other);
            var lacking = JsonUnion.Members(own).FindAll(member => !members.Exists(known => known.Name == member.Name));
            frame = frame[..start] + Encoding.UTF8.GetString(JsonUnion.Of(other, members, [], own, lacking));
            if (frame == mine)
                return;
        }
        _operations.Write(_operations.Length > 0 ? ",{\"frame\":" : "{\"frame\":");
        _operations.Write(JsonSlices.Quote(frame));
        _operations.Write("}"u8);
    }

    private void Begin(string id, string member)
    {
        Adopted++;
        if (_operations.Length > 0)
            _operations.Write(","u8);
        _operations.Write("{\"id\":"u8);
        _operations.Write(JsonSlices.Quote(id));
        _operations.Write(","u8);
        _operations.Write(member);
        _operations.Write("}"u8);
    }
}
