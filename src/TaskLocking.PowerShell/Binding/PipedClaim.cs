using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// The claim that a piped object brings, in whatever form: a claim, one that somebody hung other members on, a copy of one from JSON or
/// from a job, or its text from CSV ("ann #5"). What it says is taken at its word, so that the engine can hold it against the store.
/// </summary>
/// <param name="Token">The fencing token.</param>
/// <param name="Agent">Whose it says that it is.</param>
/// <param name="HasProcess">Whether a process is named that it is judged by.</param>
internal sealed record PipedClaim(long Token, string Agent, bool HasProcess)
{
    private string? Host { get; init; }

    private int? Pid { get; init; }

    private string? ProcessStart { get; init; }

    /// <summary>Whether one of these processes works on it, or nobody says which one does.</summary>
    /// <param name="callers">Processes of this host.</param>
    public bool IsWorkOf(IReadOnlyList<int> callers) => !HasProcess
        || (Pid is { } pid && callers.Contains(pid) && string.Equals(Host, Environment.MachineName, StringComparison.OrdinalIgnoreCase)
            && (ProcessStart is null || ProcessStart == ProcessLiveness.StartOf(pid)));

    /// <summary>Null where there is none.</summary>
    /// <param name="claim">What was piped with the task.</param>
    /// <param name="taskId">The task.</param>
    /// <exception cref="TaskLockingException">InvalidArgument for something that is no claim.</exception>
    public static PipedClaim? Of(PSObject? claim, string taskId)
    {
        var text = claim?.BaseObject as string;
        if (claim is null || text?.Length == 0)
            return null;
        return (text is null ? FromMembers(claim) : FromText(text))
            ?? throw new TaskLockingException(new Refusal(RefusalCode.InvalidArgument,
            $"The claim '{claim}' that was piped with task {taskId} does not tell the agent and the token. Pipe a task as it was read, " +
                "or name the token, for example -Token 12.",
            TaskId: taskId));
    }

    private static PipedClaim? FromMembers(PSObject claim) =>
        LanguagePrimitives.TryConvertTo<long>(Member(claim, "Token"), CultureInfo.InvariantCulture, out var token) && token > 0
            && Member(claim, "Agent")?.ToString() is { Length: > 0 } agent
                ? new PipedClaim(token, agent, Member(claim, "Pid") is not null)
                {
                    Host = Member(claim, "Host")?.ToString(),
                    Pid = LanguagePrimitives.TryConvertTo<int>(Member(claim, "Pid"), CultureInfo.InvariantCulture, out var pid)
                        ? pid : null,
                    ProcessStart = Member(claim, "ProcessStart")?.ToString(),
                }
                : null;

    private static PipedClaim? FromText(string text)
    {
        var mark = text.LastIndexOf(" #", StringComparison.Ordinal);
        var number = text.Substring(mark < 0 ? 0 : mark + 2);
        return mark > 0 && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var token)
            ? new PipedClaim(token, text.Substring(0, mark), HasProcess: true)
            : null;
    }

    private static object? Member(PSObject claim, string name) =>
        claim.BaseObject is IDictionary map ? map[name] : claim.Properties[name]?.Value;
}
