using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>
/// The commits of a quarter of a second, or one reset. Its messages are made when the first stream wants them, and are the same bytes for
/// all.
/// </summary>
internal sealed class EventTick
{
    private const int FewEvents = 20;

    private readonly (Lazy<byte[]> Plain, Lazy<byte[]> Packed) _full;
    private readonly (Lazy<byte[]> Plain, Lazy<byte[]> Packed) _concise;

    /// <param name="number">Ticks are numbered from 0 on, without a gap.</param>
    /// <param name="from">The version before its first event.</param>
    /// <param name="events">One or more; a reset is alone.</param>
    public EventTick(long number, long from, IReadOnlyList<TaskEvent> events)
    {
        (Number, From, Events) = (number, from, events);
        (_full, _concise) = (Messages(isConcise: false), Messages(isConcise: true));
    }

    public long Number { get; }

    public long From { get; }

    public long To => Events[^1].Version;

    public IReadOnlyList<TaskEvent> Events { get; }

    public bool IsReset => Events[0].IsReset;

    /// <summary>How much of it is kept in memory, as far as that can be large.</summary>
    public int Changes => Events.Sum(each => 1 + each.Changes.Count);

    /// <summary>The message for streams: every event, or how many there were and the last of them in short.</summary>
    public byte[] Bytes(bool isConcise, bool isPacked)
    {
        var (plain, packed) = isConcise ? _concise : _full;
        return (isPacked ? packed : plain).Value;
    }

    /// <summary>What is behind a version; null where nothing is.</summary>
    public EventTick? After(long version)
    {
        if (version <= From)
            return this;
        var left = Events.Where(each => each.Version > version).ToList();
        return left.Count == 0 ? null : new EventTick(Number, version, left);
    }

    private (Lazy<byte[]> Plain, Lazy<byte[]> Packed) Messages(bool isConcise)
    {
        var plain = new Lazy<byte[]>(() => Message(isConcise));
        return (plain, new Lazy<byte[]>(() => PackedMessage.Of(plain.Value)));
    }

    private byte[] Message(bool isConcise) => EventMessage.Of(To, IsReset ? "reset" : "commits", writer =>
    {
        writer.WriteNumber("version", To);
        if (IsReset)
        {
            writer.WriteString("reason", Events[0].Reason);
            return;
        }
        writer.WriteNumber("commits", Events.Count);
        JsonText.Write(writer, "events", isConcise ? Events.TakeLast(FewEvents) : Events, isConcise ? WriteShort : EventJson.Write);
    });

    /// <summary>What a person reads in a line: the first change, and how many there were.</summary>
    public static void WriteShort(Utf8JsonWriter writer, TaskEvent told)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", told.Version);
        writer.WriteString("time", JsonText.Time(told.Time));
        writer.WriteString("kind", EventJson.Word(told.Kind));
        writer.WriteString("by", told.By);
        writer.WriteNumber("changes", told.Changes.Count);
        var first = told.Changes.Count > 0 ? told.Changes[0] : null;
        writer.WriteString("task_id", first?.TaskId);
        writer.WriteString("what", first?.Path ?? first?.Swarm);
        writer.WriteString("agent", first?.Agent);
        writer.WriteString("reason", first?.Reason);
        writer.WriteEndObject();
    }
}
