using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Locking;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

internal static class FileLeaseQueries
{
    public static IReadOnlyList<FileTestResult> Test(ITaskState state, FileLeaseRequest request, DateTimeOffset now, ILiveness liveness, StringComparison comparison) => throw new NotSupportedException();

    public static IReadOnlyList<FileLease> Current(ITaskState state, string? agent, DateTimeOffset now, ILiveness liveness) => throw new NotSupportedException();
}
