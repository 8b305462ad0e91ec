using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>The answer to an assignment or its reverse.</summary>
public sealed record AssignmentResult(bool Success, IReadOnlyList<TaskOutcome> Assigned, IReadOnlyList<TaskOutcome> Failed) : BoardObject
{
    // As a task's: a copy is for a shell, which hangs members of its own on an object.
    private AssignmentResult(AssignmentResult other)
        : base(other)
    {
        Success = other.Success;
        Assigned = FixedList<TaskOutcome>.Of(other.Assigned.Select(outcome => outcome with { }));
        Failed = FixedList<TaskOutcome>.Of(other.Failed.Select(outcome => outcome with { }));
    }

    private protected override BoardObject Parts(string workspace) => this with
    {
        Assigned = In(Assigned, workspace),
        Failed = In(Failed, workspace),
    };

    /// <summary>Every task was done; with <c>SkipConflict</c>, at least one stands as asked.</summary>
    public bool Success { get; } = Success;

    /// <summary>The tasks that now stand as asked, in the order asked.</summary>
    public IReadOnlyList<TaskOutcome> Assigned { get; private init => field = FixedList<TaskOutcome>.Of(value); }
        = FixedList<TaskOutcome>.Of(Assigned);

    /// <summary>The refused ones with their reasons. In an all-or-nothing batch nothing was changed if there is one.</summary>
    public IReadOnlyList<TaskOutcome> Failed { get; private init => field = FixedList<TaskOutcome>.Of(value); }
        = FixedList<TaskOutcome>.Of(Failed);
}
