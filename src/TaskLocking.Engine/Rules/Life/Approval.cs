using System;
using System.Linq;
using TaskLocking.Characters;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Rules;

/// <summary>
/// Who may find work good: a person whom the board knows, who did not do it. What needs a review comes to Done by way of Review alone, so
/// every other way there asks here.
/// </summary>
internal static class Approval
{
    /// <summary>
    /// Whether somebody of this name did some of the work: he has it assigned, or had it when it came to Review, claimed it once, or
    /// brought it to In Progress or Review by hand. Whether as a person or not, and however it is spelled: no name looks at its own work.
    /// </summary>
    public static bool DidTheWork(TaskDraft draft, AgentTask task, string name)
    {
        if (LookAlike.Comparer.Equals(task.Owner, name))
            return true;
        var history = draft.HistoryOf(task).ToList();
        var submitted = history.FindLastIndex(entry => entry is { Field: "status", NewValue: "Review" });
        var given = history.Take(submitted + 1).LastOrDefault(entry => entry is { Field: "assignee", NewValue: not null })?.NewValue;
        return history.Exists(entry => entry is { Field: "claim", NewValue: { } claim } && IsOf(claim, name)
                || (entry is { Field: "status", NewValue: "In Progress" or "Review", By: { } by } && LookAlike.Comparer.Equals(by, name)))
            || (given is not null && LookAlike.Comparer.Equals(given.Substring(given.IndexOf(':') + 1), name));
    }

    /// <summary>Whether work on it has begun, as far as is known.</summary>
    public static bool HasBegun(AgentTask task) =>
        task is not { Status: AgentTaskStatus.Todo or AgentTaskStatus.Blocked, Claim: null, Attempt: 0 }
        || task.ReadHistory().Any(entry => entry is { Field: "claim", NewValue: not null } or { Field: "status", NewValue: "Review" });

    /// <summary>Whether the name is that of a person of the board who may approve the task.</summary>
    public static bool IsReviewer(TaskDraft draft, AgentTask task, string name) =>
        Person.Find(draft, name, isPerson: true) is not null && !DidTheWork(draft, task, name);

    // "agent #token", see TaskClaim.
    private static bool IsOf(string claim, string name) =>
        claim.LastIndexOf(" #", StringComparison.Ordinal) is > 0 and var end && LookAlike.Comparer.Equals(claim.Substring(0, end), name);
}
