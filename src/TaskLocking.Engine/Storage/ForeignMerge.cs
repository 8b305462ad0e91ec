using System;
using System.Collections.Generic;
using System.Text;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>
/// Takes over what somebody else wrote into the document, todo by todo, three ways: what they started from, what they wrote, what we
/// have by now. Where only they changed something, theirs counts; where both did, the later; the other is kept aside, and so is what they
/// removed. What we keep about a todo (its claim, its attempts) stays ours. Pure.
/// </summary>
/// <param name="ours">What we have.</param>
/// <param name="theirs">What they wrote.</param>
/// <param name="started">What they started from, as far as it is known.</param>
/// <param name="isExact">Whether that is certain. If not, they may have started from an older state: what we changed later than they
/// say they wrote is then ours.</param>
/// <param name="isLater">Whether <paramref name="started"/> is later than what they saw, since nothing leads further back: then what they do
/// not have they may never have seen, and nothing counts as removed.</param>
/// <param name="isOfThisStore">Whether theirs has a mark of this store: the versions in its todos are then ours.</param>
internal sealed class ForeignMerge(BoardState ours, TodoDocument theirs, BoardState? started, bool isExact, bool isLater, bool isOfThisStore)
{
    private readonly DateTimeOffset? _written = Timestamp.Parse(theirs.LastModified);
    private readonly ByteBuffer _operations = new(1024);
    private readonly ByteBuffer _lost = new(16);

    /// <summary>The elements of a journal line's <c>op</c>; empty if nothing is new.</summary>
    public ReadOnlySpan<byte> Operations => _operations.Written;

    /// <summary>Todos that lost, as a JSON array; empty if there are none.</summary>
    public ReadOnlySpan<byte> Lost => _lost.Written;

    /// <summary>How many todos were taken over.</summary>
    public int Adopted { get; private set; }

    public ForeignMerge Run()
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in theirs.Entries)
        {
            if (entry.IsAddressable && present.Add(entry.Id))
                Take(entry);
            else if (!entry.IsAddressable && !HasUnaddressable(entry))
                KeepAside(entry);
        }
        foreach (var entry in ours.Entries)
        {
            if (entry.IsAddressable && !present.Contains(entry.Id) && IsRemoval(entry))
            {
                Begin(entry.Id, "\"gone\":true");
                KeepAside(entry);
            }
        }
        if (_lost.Length > 0)
            _lost.Write("\n]\n"u8);
        var frame = theirs.Frame.Text();
        if (frame != ours.Frame.Text() && frame != started?.Frame.Text())
        {
            _operations.Write(_operations.Length > 0 ? ",{\"frame\":" : "{\"frame\":");
            _operations.Write(JsonSlices.Quote(frame));
            _operations.Write("}"u8);
        }
        return this;
    }

    private void Take(TodoEntry entry)
    {
        var mine = ours.FindEntry(entry.Id);
        var before = started?.FindEntry(entry.Id);
        if (mine is null)
        {
            // New from them; or removed by us, and then only a change of theirs brings it back.
            if (before is null && WasRemovedBefore(entry))
                KeepAside(entry);
            else if (before is null || !JsonSame.As(before.Json.Span, entry.Json.Span))
                Adopt(entry);
            return;
        }
        if (JsonSame.As(mine.Json.Span, entry.Json.Span) || (before is not null && JsonSame.As(before.Json.Span, entry.Json.Span)))
            return;
        var isChanged = before is null || !JsonSame.As(before.Json.Span, mine.Json.Span);
        if (IsOurs(mine.Task, entry.Task, isChanged))
        {
            KeepAside(entry);
            return;
        }
        if (isChanged)
            KeepAside(mine);
        Adopt(entry);
    }

    // They started from something older than the oldest state that is known: what had a version by then and is not there, was removed.
    // Our own version is no measure: it may have skipped. Where what we know is later than what they saw, all that bears our hand was.
    private bool WasRemovedBefore(TodoEntry entry) =>
        isOfThisStore && !isExact && started is not null
        && ((entry.Task.Version > 0 && entry.Task.Version <= started.Version) || (isLater && JsonSlices.Own(entry.Json).Count > 0));

    // Of two changes the later counts. A writer that may have started from an old state is believed only if he is not behind us.
    private bool IsOurs(AgentTask mine, AgentTask other, bool isChanged)
    {
        var (left, right) = (mine.LastModified ?? DateTimeOffset.MinValue, other.LastModified ?? DateTimeOffset.MinValue);
        // Several commits may fall into one millisecond; a higher version of this store is certainly later.
        if (left == right && isOfThisStore && other.Version > 0 && other.Version != mine.Version)
            return mine.Version > other.Version;
        return isChanged ? left >= right : !isExact && left > right;
    }

    // What they started from and did not write back, they removed; what we made or changed since, stays.
    private bool IsRemoval(TodoEntry mine) =>
        !isLater && started?.FindEntry(mine.Id) is { } before && JsonSame.As(before.Json.Span, mine.Json.Span) && (isExact || !(mine.Task.LastModified > _written));

    private void KeepAside(TodoEntry entry)
    {
        _lost.Write(_lost.Length == 0 ? "[\n"u8 : ",\n"u8);
        _lost.Write(entry.Json.Span);
    }

    private void Adopt(TodoEntry entry)
    {
        Begin(entry.Id, "\"raw\":" + JsonSlices.Quote(Encoding.UTF8.GetString(entry.Json.ToArray())));
        if (ours.FindEntry(entry.Id) is not { } mine)
            return;
        var own = new StringBuilder();
        var kept = JsonSlices.Own(mine.Json);
        foreach (var member in JsonSlices.Own(entry.Json))
        {
            if (!kept.Exists(known => known.Name == member.Name))
                kept.Add(new JsonMember(member.Name, "null"u8.ToArray()));
        }
        foreach (var member in kept)
            own.Append(own.Length == 0 ? "" : ",").Append(JsonSlices.Quote(member.Name)).Append(':').Append(OnOneLine(member));
        if (own.Length == 0)
            return;
        Begin(entry.Id, "\"own\":{" + own + "}");
        Adopted--;
    }

    // Between the parts of a value there may be line feeds; a line of the journal has none.
    private static string OnOneLine(JsonMember member) =>
        Encoding.UTF8.GetString(member.Memory.ToArray()).Replace('\n', ' ').Replace('\r', ' ');

    private bool HasUnaddressable(TodoEntry entry)
    {
        foreach (var known in ours.Entries)
        {
            if (!known.IsAddressable && JsonSame.As(known.Json.Span, entry.Json.Span))
                return true;
        }
        return false;
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
