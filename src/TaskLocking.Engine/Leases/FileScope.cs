using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Locking;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

internal static class FileScope
{
    /// <summary>The leases of others that overlap the paths.</summary>
    public static IReadOnlyList<FileConflict> Conflicts(ITaskState state, IReadOnlyList<string> paths, bool shared, string agent, DateTimeOffset now, ILiveness liveness, StringComparison comparison) => throw new NotSupportedException();

    /// <summary>Takes leases on the paths for a claim; those in conflict are left out.</summary>
    public static void Take(TaskDraft draft, IReadOnlyList<string> paths, TaskClaim claim, string taskId) => throw new NotSupportedException();

    /// <summary>Prolongs the leases that were taken with a claim.</summary>
    public static void Renew(TaskDraft draft, TaskClaim claim, string taskId) => throw new NotSupportedException();

    /// <summary>Frees the leases that were taken with a claim.</summary>
    public static void Free(TaskDraft draft, string taskId) => throw new NotSupportedException();

    /// <summary>Frees what an agent has, but for what belongs to its other claims.</summary>
    public static void FreeAll(TaskDraft draft, string agent, string? exceptClaimsOtherThan) => throw new NotSupportedException();
}
