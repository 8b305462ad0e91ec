using System;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>The sentences about files that somebody else has.</summary>
internal static class FileRefusals
{
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    /// <summary>FileLocked, with the path, who has it, until when, and a reasonable time to ask again.</summary>
    public static Refusal Locked(FileConflict conflict, DateTimeOffset now, string? taskId = null, Worker? worker = null) =>
        new(RefusalCode.FileLocked,
            $"File {conflict.Path} is locked{Mode(conflict.Lease)} by {Who(conflict.Lease)}{Other(conflict.Lease, worker)}"
                + $"{Where(conflict.Path, conflict.Lease)} until {Timestamp.Format(conflict.Lease.Expires)}")
        {
            TaskId = taskId,
            Path = conflict.Path,
            Agent = conflict.Lease.Agent,
            Expires = conflict.Lease.Expires,
            RetryAfter = Clamp(conflict.Lease.Expires - now),
        };

    /// <summary>NotOwner, with the path and who has it.</summary>
    public static Refusal NotOwner(string path, FileLease lease, Worker worker) =>
        new(RefusalCode.NotOwner, worker.IsCalled(lease.Agent, lease.IsPersons)
            ? $"File {path} is locked by {Who(lease)}{Other(lease, worker)}. Only that frees it, unless it is forced"
            : $"File {path} is locked by {Who(lease)}, not by {worker.Name}. Only its owner frees it, unless it is forced")
        {
            Path = path,
            Agent = lease.Agent,
            Expires = lease.Expires,
        };

    private static string Who(FileLease lease) => (lease.IsPersons ? "human " : "agent ") + lease.Agent;

    // Of his own name one does not believe it without a word more.
    private static string Other(FileLease lease, Worker? worker) => worker?.IsCalled(lease.Agent, lease.IsPersons) == true
        ? $" in another process ({LifeRefusals.Process(lease.Pid, lease.Host, lease.Since)})"
        : "";

    private static string Mode(FileLease lease) => lease.IsShared ? " for sharing" : "";

    private static string Where(string path, FileLease lease) =>
        (lease.Path == path ? "" : $" ({lease.Path})") + (lease.Worktree is null ? "" : $" in the worktree {lease.Worktree}")
            + (lease.TaskId is null ? "" : $" for task {lease.TaskId}");

    private static TimeSpan Clamp(TimeSpan rest) => rest < ShortestRetry ? ShortestRetry : rest > LongestRetry ? LongestRetry : rest;
}
