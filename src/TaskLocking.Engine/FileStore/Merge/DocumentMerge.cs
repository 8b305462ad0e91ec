using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.FileStore;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking;

/// <summary>
/// Merges two branches' documents, three ways and by task, for who commits the document: a driver of git's. What one side changed counts,
/// of what both changed the newer; histories are united; a task goes only if the other side did not touch it. What we keep of a task stays
/// as our side has it, and a claim that only the other has does not come along. What either archived stays in the archive, whole tasks and
/// older history. The result has no mark: so a living store removes nothing by it.
/// </summary>
public static class DocumentMerge
{
    private const string Todos = "todos";
    private const string Own = "taskLocking";

    // A plain null would become an empty piece of text on its way.
    private static ReadOnlyMemory<byte>? Nothing => default(ReadOnlyMemory<byte>?);

    /// <summary>The merged document, UTF-8.</summary>
    /// <param name="before">What both began from; null or empty if there was none.</param>
    /// <param name="ours">Our document.</param>
    /// <param name="theirs">The other.</param>
    /// <exception cref="TaskLockingException">StateCorrupt: one of them is no document.</exception>
    public static byte[] Run(byte[]? before, byte[] ours, byte[] theirs)
    {
        var (start, mine, other) = (before is { Length: > 0 } ? Side.Of("base", before) : null, Side.Of("our document", ours),
            Side.Of("their document", theirs));
        var todos = mine.Entries.Select(entry => Pick(entry.Json, mine.Find(entry), other.Find(entry), start?.Find(entry)))
            .Concat(other.Entries.Where(entry => entry.IsAddressable ? mine.Find(entry) is null : !mine.Has(entry))
                .Select(entry => Come(entry, start?.Find(entry))))
            .Where(json => json is not null)
            .Select(json => json!.Value)
            .ToList();
        var instead = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { [Todos] = mine.List(todos) };
        foreach (var member in mine.Members)
        {
            if (member.Name is not (Todos or Own) && other.Value(member.Name) is { } their
                && Newer(member.Name, mine.Value(member.Name)!.Value, their, start?.Value(member.Name)))
                instead[member.Name] = their;
        }
        var lacking = other.Members.FindAll(member => member.Name is not (Todos or Own) && mine.Value(member.Name) is null
            && start?.Value(member.Name) is null);
        var merged = JsonUnion.Without(JsonUnion.Of(mine.Json, mine.Members, instead, other.Json, lacking), Own);
        var archive = ArchiveUnion.Merge(mine.Records, other.Records, start?.Records ?? StateRecords.Empty);
        if (archive.IsEmpty)
            return merged;
        byte[] own = [.. Encoding.UTF8.GetBytes("{\"" + Own + "\":{" + RecordJson.Text(archive).TrimEnd(',') + "}}")];
        return JsonUnion.Of(merged, JsonUnion.Members(merged), [], own, JsonUnion.Members(own));
    }

    // A todo of ours; null where they took it out and we did not touch it.
    private static ReadOnlyMemory<byte>? Pick(ReadOnlyMemory<byte> json, TodoEntry? mine, TodoEntry? other, TodoEntry? before)
    {
        if (mine is null)
            return json; // what is no todo, or a second one of its id
        if (other is null)
            return before is not null && IsSame(mine, before) ? Nothing : json;
        if (IsSame(mine, other) || (before is not null && IsSame(other, before)))
            return json;
        if (before is not null && IsSame(mine, before))
            return Telling(Kept(other.Json, mine), mine, other, before);
        // The later of two changes comes second, where it counts.
        var isLater = mine.Task.LastModified > other.Task.LastModified;
        var (first, second) = isLater ? (other, mine) : (mine, other);
        if (before is not null)
            (first, second) = (Without(first, second, before), Without(second, first, before));
        return Telling(Kept(new TodoUnion(first.Json, second.Json, before?.Json, isSure: before is not null).Merge(), mine), mine, other,
            before);
    }

    // Without the entries that both began with and that have left the other.
    private static TodoEntry Without(TodoEntry entry, TodoEntry other, TodoEntry before) =>
        TodoHistory.Moved(other.Json) is { } moved ? new MovedEntries(other, moved, archive: null).Without(entry, before, out _) : entry;

    // With what has left either.
    private static ReadOnlyMemory<byte> Telling(ReadOnlyMemory<byte> json, TodoEntry mine, TodoEntry other, TodoEntry? before) =>
        MovedUnion.Of(mine, other, before) is { } moved ? TodoHistory.Telling(json, MovedHistoryJson.Write(moved)) : json;

    // A todo that only they have; null where we took it out and they did not touch it.
    private static ReadOnlyMemory<byte>? Come(TodoEntry entry, TodoEntry? before)
    {
        if (!entry.IsAddressable)
            return entry.Json;
        return before is not null && IsSame(entry, before) ? Nothing : Kept(entry.Json, mine: null);
    }

    // With what we keep of it as our side has it, else without their claim.
    private static ReadOnlyMemory<byte> Kept(ReadOnlyMemory<byte> json, TodoEntry? mine)
    {
        var members = JsonUnion.Members(json.Span);
        if (mine is not null && JsonUnion.Members(mine.Json.Span) is var own && own.Find(member => member.Name == Own) is { } kept)
        {
            return members.Exists(member => member.Name == Own)
                ? JsonUnion.Of(json.Span, members, new(StringComparer.Ordinal) { [Own] = mine.Json[kept.Value] }, default, [])
                : JsonUnion.Of(json.Span, members, [], mine.Json.Span, [kept]);
        }
        if (members.Find(member => member.Name == Own) is not { } theirs || json.Span[theirs.Start] != '{')
            return json;
        return JsonUnion.Of(json.Span, members,
            new(StringComparer.Ordinal)
            {
                [Own] = JsonUnion.Without(JsonUnion.Without(json[theirs.Value].ToArray(), "claim"), "startedAt"),
            }, default, []);
    }

    private static bool IsSame(TodoEntry one, TodoEntry other) => JsonSame.As(one.Json.Span, other.Json.Span);

    private static bool Newer(string name, ReadOnlyMemory<byte> mine, ReadOnlyMemory<byte> their, ReadOnlyMemory<byte>? before)
    {
        if (mine.Span.SequenceEqual(their.Span))
            return false;
        if (name is "lastModified" or "updated_at")
            return Time(their) > Time(mine);
        if (name == "nextTaskNumber")
            return long.TryParse(JsonScan.Utf8(their.Span), out var next) && long.TryParse(JsonScan.Utf8(mine.Span), out var own)
                && next > own;
        return before is { } start && start.Span.SequenceEqual(mine.Span);
    }

    private static DateTimeOffset? Time(ReadOnlyMemory<byte> value) => Timestamp.Parse(JsonScan.Utf8(value.Span).Trim('"'));

    /// <summary>One of the documents.</summary>
    private sealed class Side
    {
        private readonly byte[] _json;
        private readonly TodoDocument _document;
        private readonly Dictionary<string, TodoEntry> _byId = new(StringComparer.Ordinal);

        private Side(byte[] json)
        {
            _json = json;
            _document = TodoDocument.Parse(json);
            Members = JsonUnion.Members(json);
            foreach (var entry in _document.Entries)
            {
                if (entry.IsAddressable)
                    _byId[entry.Id] = entry;
            }
        }

        public ReadOnlySpan<byte> Json => _json;

        public List<JsonUnion.Member> Members { get; }

        public StateRecords Records => _document.Records;

        public IReadOnlyList<TodoEntry> Entries => _document.Entries;

        public static Side Of(string what, byte[] bytes)
        {
            var json = DocumentText.ToUtf8(bytes);
            if (json.AsSpan().StartsWith("\uFEFF"u8))
                json = json.AsSpan(3).ToArray();
            try
            {
                return new Side(json);
            }
            catch (JsonException fault)
            {
                throw new TaskLockingException(RefusalCode.StateCorrupt,
                    $"The merge is left to you: {what} cannot be read, {DocumentText.Fault(json, fault)}.", fault);
            }
        }

        public TodoEntry? Find(TodoEntry entry) => entry.IsAddressable && _byId.TryGetValue(entry.Id, out var found) ? found : null;

        public bool Has(TodoEntry entry) => Entries.Any(known => !known.IsAddressable && IsSame(known, entry));

        public ReadOnlyMemory<byte>? Value(string name) =>
            Members.FindLast(member => member.Name == name) is { } member ? _json.AsMemory()[member.Value] : Nothing;

        /// <summary>A list of todos as this document writes it.</summary>
        public byte[] List(List<ReadOnlyMemory<byte>> todos)
        {
            var (lead, list) = (_document.Frame.TodoLead, new ByteBuffer(4096));
            list.Write("["u8);
            for (var i = 0; i < todos.Count; i++)
            {
                list.Write(i == 0 ? default : lead.Length > 0 ? ","u8 : ", "u8);
                list.Write(lead);
                list.Write(todos[i].Span);
            }
            // The closing bracket stands as deep as the name.
            if (todos.Count > 0 && lead.Length > 0)
                list.Write(lead.AsSpan()[..Math.Max(1, lead.Length - 2)]);
            list.Write("]"u8);
            return list.ToArray();
        }
    }
}
