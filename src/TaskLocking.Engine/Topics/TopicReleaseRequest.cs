using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Which reservations are to go; with neither numbers nor an age none is: those that could be are told.</summary>
public sealed record TopicReleaseRequest
{
    /// <summary>The numbers.</summary>
    public IReadOnlyList<int> Numbers { get; init => field = FixedList<int>.Of(value); } = FixedList<int>.None;

    /// <summary>All that are older; null: by number alone.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Those of this repository, or those at a remote as well.</summary>
    public TopicReserve Reserve { get; init; }

    /// <summary>The remote; null: the only one, <c>checkout.defaultRemote</c>, or <c>origin</c>.</summary>
    public string? Remote { get; init; }

    /// <summary>Change nothing: say what would be done.</summary>
    public bool IsPreview { get; init; }

    /// <summary>Waiting for the lock; null: 10 s.</summary>
    public LockOptions? Wait { get; init; }
}
