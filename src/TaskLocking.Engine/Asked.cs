using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking;

/// <summary>
/// What was asked for, as it was when it was asked. A rule is run more than once and while others work: who still has the request, and
/// changes it meanwhile (a shell can: to it <c>init</c> is <c>set</c>), must not be heard. The lists in a request are copies since it was
/// made.
/// </summary>
internal static class Asked
{
    public static IReadOnlyList<TaskDefinition> Now(IEnumerable<TaskDefinition> asked) =>
        FixedList<TaskDefinition>.Of(asked.Select(each => each with { }));

    public static IReadOnlyList<TaskEdit> Now(IEnumerable<TaskEdit> asked) =>
        FixedList<TaskEdit>.Of(asked.Select(each => each with { Proof = Now(each.Proof) }));

    public static IReadOnlyList<TaskRemoval> Now(IEnumerable<TaskRemoval> asked) =>
        FixedList<TaskRemoval>.Of(asked.Select(each => each with { Proof = Now(each.Proof) }));

    public static IReadOnlyList<DependencyEdit> Now(IEnumerable<DependencyEdit> asked) =>
        FixedList<DependencyEdit>.Of(asked.Select(each => each with { }));

    public static IReadOnlyList<CompleteRequest> Now(IEnumerable<CompleteRequest> asked) =>
        FixedList<CompleteRequest>.Of(asked.Select(each => each with { }));

    public static IReadOnlyList<FailRequest> Now(IEnumerable<FailRequest> asked) =>
        FixedList<FailRequest>.Of(asked.Select(each => each with { }));

    public static IReadOnlyList<RestartRequest> Now(IEnumerable<RestartRequest> asked) =>
        FixedList<RestartRequest>.Of(asked.Select(each => each with { }));

    public static IReadOnlyList<RejectRequest> Now(IEnumerable<RejectRequest> asked) =>
        FixedList<RejectRequest>.Of(asked.Select(each => each with { }));

    public static IReadOnlyList<NoteRequest> Now(IEnumerable<NoteRequest> asked) =>
        FixedList<NoteRequest>.Of(asked.Select(each => each with { }));

    public static IReadOnlyList<RenewRequest> Now(IEnumerable<RenewRequest> asked) =>
        FixedList<RenewRequest>.Of(asked.Select(each => each with { }));

    public static IReadOnlyList<GiveBackRequest> Now(IEnumerable<GiveBackRequest> asked) =>
        FixedList<GiveBackRequest>.Of(asked.Select(each => each with { }));

    public static IReadOnlyList<AgentRemoval> Now(IEnumerable<AgentRemoval> asked) =>
        FixedList<AgentRemoval>.Of(asked.Select(each => each with { }));

    public static IReadOnlyList<StartRequest> Now(IEnumerable<StartRequest> asked) =>
        FixedList<StartRequest>.Of(asked.Select(each => each with { Holder = each.Holder with { } }));

    public static TaskWait Now(TaskWait asked) => asked with { };

    public static TaskRequest Now(TaskRequest asked) => asked with { Holder = asked.Holder with { } };

    public static AssignmentRequest Now(AssignmentRequest asked) => asked with { };

    public static UnassignmentRequest Now(UnassignmentRequest asked) => asked with { Proof = Now(asked.Proof) };

    public static AssignmentRunRequest Now(AssignmentRunRequest asked) => asked with { };

    private static ClaimProof? Now(ClaimProof? asked) => asked is null ? null : asked with { };

    /// <summary>With its paths as the store knows them.</summary>
    public static FileLeaseRequest Now(FileLeaseRequest asked, FilePaths files) =>
        asked with
        {
            Holder = asked.Holder with { },
            Paths = files.Normalize(asked.Paths),
            Worktree = asked.Scope == FileLeaseScope.Worktree ? files.Worktree(asked.Paths) : null,
        };

    /// <summary>With its paths as the store knows them.</summary>
    public static FileUnlockRequest Now(FileUnlockRequest asked, FilePaths files) =>
        asked with
        {
            Paths = files.Normalize(asked.Paths, isKnown: true),
            Worktree = asked.Scope == FileLeaseScope.Worktree ? files.Worktree(asked.Paths) : null,
        };
}
