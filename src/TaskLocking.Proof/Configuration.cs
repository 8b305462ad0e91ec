using System;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>
/// One way in which a history may have gone so far: the state, and which of the operations in progress have taken effect.
/// </summary>
internal sealed class Configuration(TaskState state, ulong[] done) : IEquatable<Configuration>
{
    public TaskState State { get; } = state;

    public bool Has(int slot) => (done[slot >> 6] & (1UL << slot)) != 0;

    public Configuration With(TaskState state, int slot) => new(state, Flipped(slot));

    public Configuration With(TaskState state) => new(state, done);

    /// <summary>The slot is free for another operation.</summary>
    public Configuration Without(int slot) => Has(slot) ? new(State, Flipped(slot)) : this;

    /// <summary>The same without those that need not have taken effect.</summary>
    /// <param name="free">The slots of those.</param>
    public Configuration Without(ulong[] free) => new(State, [.. done.Select((word, at) => word & ~free[at])]);

    /// <summary>Whether nothing has taken effect here that has not there.</summary>
    public bool IsWithin(Configuration other)
    {
        for (var at = 0; at < done.Length; at++)
        {
            if ((done[at] & ~other.Words[at]) != 0)
                return false;
        }
        return true;
    }

    public bool Equals(Configuration? other) => other is not null && done.SequenceEqual(other.Words) && State.Equals(other.State);

    public override bool Equals(object? obj) => Equals(obj as Configuration);

    public override int GetHashCode() => done.Aggregate(State.GetHashCode(), (hash, word) => unchecked((hash * 31) + word.GetHashCode()));

    private ulong[] Words => done;

    private ulong[] Flipped(int slot)
    {
        var copy = (ulong[])done.Clone();
        copy[slot >> 6] ^= 1UL << slot;
        return copy;
    }
}
