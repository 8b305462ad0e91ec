using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Board;

/// <summary>What a rule decided, whatever it answers.</summary>
internal interface IAttempt
{
    /// <inheritdoc cref="Attempt{TAnswer}.Length"/>
    int Length { get; }

    /// <inheritdoc cref="Attempt{TAnswer}.Version"/>
    long Version { get; }

    /// <inheritdoc cref="Attempt{TAnswer}.Above"/>
    long Above { get; }

    /// <inheritdoc cref="Attempt{TAnswer}.Keys"/>
    CommitKeys Keys();

    /// <inheritdoc cref="Attempt{TAnswer}.CanBeTried"/>
    bool CanBeTried { get; }

    /// <inheritdoc cref="Attempt{TAnswer}.ChangedIds"/>
    IReadOnlyCollection<string> ChangedIds { get; }

    /// <inheritdoc cref="Attempt{TAnswer}.HeldNames"/>
    IReadOnlyCollection<string> HeldNames { get; }

    /// <inheritdoc cref="Attempt{TAnswer}.HoldsOn"/>
    bool HoldsOn(BoardState state);

    /// <inheritdoc cref="Attempt{TAnswer}.LineFor"/>
    ByteBuffer LineFor(BoardState state);

    /// <inheritdoc cref="Attempt{TAnswer}.ApplyTo"/>
    void ApplyTo(BoardState state, ByteBuffer line);
}
