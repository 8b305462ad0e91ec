using System.Collections.Generic;

namespace TaskLocking.Tasks;

/// <summary>The answer to an assignment or its reverse.</summary>
/// <param name="Success">Every task was done; with <c>SkipConflict</c>, at least one stands as asked.</param>
/// <param name="Assigned">The tasks that now stand as asked, in the order asked.</param>
/// <param name="Failed">The refused ones with their reasons. In an all-or-nothing batch nothing was changed if there is one.</param>
public sealed record AssignmentResult(bool Success, IReadOnlyList<TaskOutcome> Assigned, IReadOnlyList<TaskOutcome> Failed);
