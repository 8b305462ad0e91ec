using System;
using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>
/// Where entries of histories lie that have left their todos: parts of lines, written once and never changed. Which of them count the
/// todos tell (<see cref="MovedHistory"/>). Safe for several threads and processes.
/// </summary>
/// <remarks>
/// Calling sequence: <see cref="Write"/>, which lasts when it returns; then the commit by which the entries leave the todos; if that was
/// refused, <see cref="Discard"/>. Whoever is killed in between leaves a part that no todo names.
/// </remarks>
internal interface IHistoryArchive
{
    /// <summary>Writes a part, durable with its name; what is there of that name makes way.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lines">Each with its line feed.</param>
    /// <exception cref="TaskLockingException">What the system said.</exception>
    void Write(string name, IReadOnlyList<byte[]> lines);

    /// <summary>The bytes where a line is to be; null where the part is not there, or ends before them.</summary>
    byte[]? Read(HistoryPart part);

    /// <summary>All lines of a part; null where it is not there.</summary>
    IReadOnlyList<byte[]>? ReadAll(string name);

    /// <summary>Takes a part away that no todo names.</summary>
    void Discard(string name);

    /// <summary>The parts that were written before some time and may be taken away if no todo names them.</summary>
    IReadOnlyList<string> Older(DateTimeOffset time);

    /// <summary>Where a part lies, for a sentence, and what puts it back.</summary>
    string PlaceOf(string name);

    /// <summary>What puts a part back, as a sentence.</summary>
    string Remedy { get; }
}
