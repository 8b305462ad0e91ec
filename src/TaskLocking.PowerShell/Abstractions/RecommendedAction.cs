using System;
using System.Linq;
using System.Management.Automation.Language;

namespace TaskLocking.PowerShell.Abstractions;

/// <summary>What to do about a refusal, as a command of PowerShell: for <c>ErrorDetails.RecommendedAction</c>.</summary>
internal static class RecommendedAction
{
    /// <summary>A command, or a sentence where none would help; null if there is nothing to be said.</summary>
    public static string? For(Refusal refusal)
    {
        var task = Quoted(refusal.TaskId ?? (refusal.Ids.Count > 0 ? refusal.Ids[0] : "ID"));
        var agent = Quoted(refusal.Agent ?? "NAME");
        return refusal.Code switch
        {
            RefusalCode.TaskAlreadyDefined => $"Get-AgentTask {task}; or Set-AgentTask {task} to change what is there",
            RefusalCode.TaskAlreadyAssigned => $"Get-TaskAssignment {task}; or Grant-TaskAssignment {task} NAME -Force",
            RefusalCode.BatchRefused => "Repeat it without the refused ones: they are in $_.Exception.Refusal.Ids",
            RefusalCode.TaskNotFound => "Get-AgentTask",
            RefusalCode.AgentNotFound => $"Get-Agent; or Register-Agent {agent}",
            RefusalCode.TopicNotFound => "Get-TopicDirectory",
            RefusalCode.FileLocked => "Get-AgentFileLock",
            RefusalCode.LockTimeout when refusal.Resource is { } resource =>
                $"Get-AgentResource {Quoted(resource)} shows who holds it; repeat it with a longer -TimeoutSec",
            RefusalCode.LockTimeout => "Repeat it with a longer -TimeoutSec; Get-TaskLockMetric * shows who waits for what",
            RefusalCode.LockRecursion or RefusalCode.LockOrder => "Unlock-AgentTask -All; then Lock-AgentTask with all the tasks at once",
            RefusalCode.TaskNotReady => $"Test-AgentTask {task}",
            RefusalCode.DependencyFailed => $"Restart-AgentTask {Quoted(refusal.RootCause ?? "ID")}",
            RefusalCode.DependencyCycle => $"Remove-TaskDependency {task} ID, for one of {string.Join(", ", refusal.Ids)}",
            RefusalCode.TaskHasDependents =>
                $"Remove-AgentTask {task} -Force; or Remove-TaskDependency of {string.Join(", ", refusal.Ids)}",
            RefusalCode.AgentHasTasks => $"Unregister-Agent {agent} -Force",
            RefusalCode.StatusConflict => $"Get-AgentTask {task} | Format-List; or Restart-AgentTask {task} -Force to begin again",
            RefusalCode.NotOwner =>
                $"Get-AgentTask {task} | Format-List Assignee, Claim; or Grant-TaskAssignment or Request-AgentTask first",
            RefusalCode.NotPermitted => $"Get-AgentTask {task} | Format-List NeedsReview, Requires, AllowedAgents; Get-Agent",
            RefusalCode.UntrustedStore => $"Approve-TaskWorkspace {Quoted(refusal.Path ?? "FOLDER")}",
            RefusalCode.LeaseLost => $"Stop the work on it; Get-TaskHistory {task} tells what happened",
            RefusalCode.VersionChanged => $"Get-AgentTask {task}, and decide again on what it says now",
            RefusalCode.StateCorrupt or RefusalCode.LockingUnsupported or RefusalCode.StoreUnavailable or RefusalCode.DocumentNotPublished
                or RefusalCode.UnsafeFile or RefusalCode.AccessDenied => "Test-TaskWorkspace",
            RefusalCode.SeparateStore => "Sync-TaskWorkspace -Into FOLDER",
            RefusalCode.CommitUncertain => "Get-AgentTask, to see whether it was done, and repeat it if not",
            _ => null,
        };
    }

    private static string Quoted(string text) =>
        text.Length > 0 && text[0] != '-' && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '\\')
            ? text
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(TerminalText.Line(text)) + "'";
}
