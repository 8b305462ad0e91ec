using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Tests.Contract;

/// <summary>Parts of histories in the memory of a test, as lines.</summary>
internal sealed class MemoryHistories(MemoryJournal journal) : IHistoryArchive
{
    public string Remedy => "Begin the test anew.";

    public void Write(string name, IReadOnlyList<byte[]> lines)
    {
        lock (journal.Gate)
            journal.Histories[name] = lines;
    }

    public byte[]? Read(HistoryPart part) => ReadAll(part.Name)?.SelectMany(line => line).ToArray() is { } bytes
        && bytes.Length >= part.Start + part.Length ? bytes[part.Start..(part.Start + part.Length)] : null;

    public IReadOnlyList<byte[]>? ReadAll(string name)
    {
        lock (journal.Gate)
            return journal.Histories.GetValueOrDefault(name);
    }

    public void Discard(string name)
    {
        lock (journal.Gate)
            journal.Histories.Remove(name);
    }

    public IReadOnlyList<string> Older(DateTimeOffset time) => [];

    public string PlaceOf(string name) => name;
}
