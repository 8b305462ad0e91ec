using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Formats;

/// <summary>
/// What the views of the module show of an object: the same members, as <see cref="TerminalText"/> shows text that somebody else wrote. The
/// types file makes hidden members of them (<c>ShownName</c>), so that scripts, JSON and CSV have the data and only a person the view.
/// </summary>
public static class Shown
{
    /// <summary>The whole object, a line for each member that says something; what a view of its own is not worth is shown so.</summary>
    public static string All(PSObject shown) => string.Join(Environment.NewLine, Members(shown, ": "));

    /// <summary>The same on one line.</summary>
    public static string OneLine(PSObject shown) => string.Join("; ", Members(shown, ": "));

    /// <summary>Shows <c>Agent</c>.</summary>
    public static object? Agent(PSObject shown) => Member(shown, nameof(Agent));

    /// <summary>Shows <c>AllowedAgents</c>.</summary>
    public static object? AllowedAgents(PSObject shown) => Member(shown, nameof(AllowedAgents));

    /// <summary>Shows <c>Archived</c> in one line; null where nothing was.</summary>
    public static object? Archived(PSObject shown) =>
        Member(shown, nameof(Archived)) is object[] { Length: > 0 } ids ? string.Join(", ", ids) : null;

    /// <summary>Shows <c>AssignedBy</c>.</summary>
    public static object? AssignedBy(PSObject shown) => Member(shown, nameof(AssignedBy));

    /// <summary>Shows <c>Assignee</c>.</summary>
    public static object? Assignee(PSObject shown) => Member(shown, nameof(Assignee)) is { } assignee ? assignee + Ended(shown) : null;

    /// <summary>Shows <c>BlockedBy</c>.</summary>
    public static object? BlockedBy(PSObject shown) => Member(shown, nameof(BlockedBy));

    /// <summary>Shows <c>By</c>.</summary>
    public static object? By(PSObject shown) => Member(shown, nameof(By));

    /// <summary>Shows <c>Capabilities</c>.</summary>
    public static object? Capabilities(PSObject shown) => Member(shown, nameof(Capabilities));

    /// <summary>Shows <c>Children</c>.</summary>
    public static object? Children(PSObject shown) => Member(shown, nameof(Children));

    /// <summary>Shows <c>Claim</c>.</summary>
    public static object? Claim(PSObject shown) => Member(shown, nameof(Claim)) is { } claim ? claim + Ended(shown) : null;

    /// <summary>Shows <c>Content</c>.</summary>
    public static object? Content(PSObject shown) => Member(shown, nameof(Content));

    /// <summary>Shows <c>Cycles</c>.</summary>
    public static object? Cycles(PSObject shown) => Member(shown, nameof(Cycles));

    /// <summary>Shows <c>Dangling</c>.</summary>
    public static object? Dangling(PSObject shown) => Member(shown, nameof(Dangling));

    /// <summary>Shows <c>Dependencies</c>.</summary>
    public static object? Dependencies(PSObject shown) => Member(shown, nameof(Dependencies));

    /// <summary>Shows <c>Doing</c>.</summary>
    public static object? Doing(PSObject shown) => Member(shown, nameof(Doing));

    /// <summary>Shows <c>Failure</c>.</summary>
    public static object? Failure(PSObject shown) => Member(shown, nameof(Failure));

    /// <summary>Shows <c>Field</c>.</summary>
    public static object? Field(PSObject shown) => Member(shown, nameof(Field));

    /// <summary>Shows <c>FileSystem</c>.</summary>
    public static object? FileSystem(PSObject shown) => Member(shown, nameof(FileSystem));

    /// <summary>Shows <c>Files</c>.</summary>
    public static object? Files(PSObject shown) => Member(shown, nameof(Files));

    /// <summary>Shows <c>Host</c>.</summary>
    public static object? Host(PSObject shown) => Member(shown, nameof(Host));

    /// <summary>Shows <c>Id</c>.</summary>
    public static object? Id(PSObject shown) => Member(shown, nameof(Id));

    /// <summary>Shows <c>Ids</c>, and behind them the resources of a hold.</summary>
    public static object? Ids(PSObject shown) => shown?.BaseObject is TaskHold { Resources.Count: > 0 } hold
        ? Of(hold.Ids.Concat(hold.Resources.Select(resource => resource.ToString()))) : Member(shown!, nameof(Ids));

    /// <summary>Shows <c>LeaseLeft</c>: the time of a claim in its largest unit.</summary>
    public static object? LeaseLeft(PSObject shown) => Value(shown, nameof(LeaseLeft)) is not TimeSpan left ? null
        : left < TimeSpan.Zero ? "over" : Age(left);

    /// <summary>Shows <c>Mark</c>.</summary>
    public static object? Mark(PSObject shown) => Member(shown, nameof(Mark));

    /// <summary>Shows <c>Mount</c>.</summary>
    public static object? Mount(PSObject shown) => Member(shown, nameof(Mount));

    /// <summary>Shows <c>Name</c>.</summary>
    public static object? Name(PSObject shown) => Member(shown, nameof(Name));

    /// <summary>Shows <c>NewValue</c>.</summary>
    public static object? NewValue(PSObject shown) => Member(shown, nameof(NewValue));

    /// <summary>Shows <c>Notes</c>.</summary>
    public static object? Notes(PSObject shown) => Member(shown, nameof(Notes));

    /// <summary>Shows <c>NotUnderstood</c>.</summary>
    public static object? NotUnderstood(PSObject shown) => Member(shown, nameof(NotUnderstood));

    /// <summary>Shows <c>OldValue</c>.</summary>
    public static object? OldValue(PSObject shown) => Member(shown, nameof(OldValue));

    /// <summary>Shows <c>Parent</c>.</summary>
    public static object? Parent(PSObject shown) => Member(shown, nameof(Parent));

    /// <summary>Shows <c>Path</c>, and the one working tree that it is meant in.</summary>
    public static object? Path(PSObject shown) =>
        Member(shown, nameof(FileLease.Worktree)) is { } tree ? $"{Member(shown, nameof(Path))} ({tree})" : Member(shown, nameof(Path));

    /// <summary>Shows <c>Reason</c>.</summary>
    public static object? Reason(PSObject shown) => Member(shown, nameof(Reason));

    /// <summary>Shows <c>Requires</c>.</summary>
    public static object? Requires(PSObject shown) => Member(shown, nameof(Requires));

    /// <summary>Shows <c>Scratch</c>, and where boards were left that are in no folder.</summary>
    public static object? Scratch(PSObject shown) => Member(shown, nameof(Scratch)) is not { } scratch ? null
        : Member(shown, "ScratchAddress") is { } boards ? $"{scratch} and {boards}" : scratch;

    /// <summary>Shows <c>Since</c>, without the year and the seconds.</summary>
    public static object? Since(PSObject shown) => Value(shown, nameof(Since)) is DateTimeOffset since
        ? since.ToLocalTime().ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : null;

    /// <summary>Shows <c>SpecsDirectory</c>.</summary>
    public static object? SpecsDirectory(PSObject shown) => Member(shown, nameof(SpecsDirectory));

    /// <summary>Shows <c>StatusText</c>.</summary>
    public static object? StatusText(PSObject shown) => Member(shown, nameof(StatusText));

    /// <summary>Shows <c>Stopped</c>.</summary>
    public static object? Stopped(PSObject shown) => Member(shown, nameof(Stopped));

    /// <summary>Shows <c>Stuck</c>.</summary>
    public static object? Stuck(PSObject shown) => Member(shown, nameof(Stuck));

    /// <summary>Shows <c>Subject</c>.</summary>
    public static object? Subject(PSObject shown) => Member(shown, nameof(Subject));

    /// <summary>Shows <c>Swarm</c>.</summary>
    public static object? Swarm(PSObject shown) => Member(shown, nameof(Swarm));

    /// <summary>Shows <c>Tags</c>.</summary>
    public static object? Tags(PSObject shown) => Member(shown, nameof(Tags));

    /// <summary>Shows <c>TaskFile</c>.</summary>
    public static object? TaskFile(PSObject shown) => Member(shown, nameof(TaskFile));

    /// <summary>Shows <c>TaskId</c>.</summary>
    public static object? TaskId(PSObject shown) => Member(shown, nameof(TaskId));

    /// <summary>Shows <c>TaskIds</c>.</summary>
    public static object? TaskIds(PSObject shown) => Member(shown, nameof(TaskIds));

    /// <summary>Shows <c>TaskName</c>.</summary>
    public static object? TaskName(PSObject shown) => Member(shown, nameof(TaskName));

    /// <summary>Shows <c>Time</c>, without the year and the seconds' parts.</summary>
    public static object? Time(PSObject shown) => Value(shown, nameof(Time)) is DateTimeOffset time
        ? time.ToLocalTime().ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : null;

    /// <summary>Shows <c>Type</c>.</summary>
    public static object? Type(PSObject shown) => Member(shown, nameof(Type));

    /// <summary>Shows <c>Why</c>.</summary>
    public static object? Why(PSObject shown) => Member(shown, nameof(Why));

    /// <summary>Shows <c>Workspace</c>.</summary>
    public static object? Workspace(PSObject shown) => Member(shown, nameof(Workspace));

    /// <summary>
    /// Whether whoever has a claim is gone ("ProcessEnded"), or its time is over ("Expired"); null while it holds. Looked at anew each
    /// time.
    /// </summary>
    public static object? HolderEnded(PSObject shown) =>
        (shown?.BaseObject as AgentTask)?.Claim is { } claim ? ProcessLiveness.OfThisHost.EndOf(claim)?.ToString() : null;

    /// <summary>Who works on a task, or has it to do.</summary>
    public static object? Who(PSObject shown) => TaskOf(shown) is { } task
        ? TerminalText.Line(task.Claim?.Agent ?? task.Assignee?.ToString()) : null;

    /// <summary>Since when: the work, the claim or the assignment.</summary>
    public static object? WhoSince(PSObject shown) =>
        TaskOf(shown) is { } task ? task.StartedAt ?? task.Claim?.Claimed ?? task.Assignee?.AssignedAt : null;

    /// <summary>How long the claim still holds by the clock ("3h 59m"), or "over".</summary>
    public static object? Lease(PSObject shown) => TaskOf(shown)?.Claim is { } claim ? Span(claim.Expires - DateTimeOffset.UtcNow) : null;

    /// <summary>What is known of the process that works: "lives", "gone"; null where none is named or it cannot be judged.</summary>
    public static object? Holder(PSObject shown) => TaskOf(shown)?.Claim is not { Pid: { } pid } claim ? null
        : ProcessLiveness.OfThisHost.IsAlive(claim.Host, pid, claim.ProcessStart) switch { true => "lives", false => "gone", _ => null };

    private static AgentTask? TaskOf(PSObject? shown) => shown?.BaseObject as AgentTask;

    private static string Span(TimeSpan left) => left <= TimeSpan.Zero ? "over"
        : left.TotalDays >= 1 ? string.Format(CultureInfo.InvariantCulture, "{0}d {1}h", (int)left.TotalDays, left.Hours)
        : left.TotalHours >= 1 ? string.Format(CultureInfo.InvariantCulture, "{0}h {1}m", (int)left.TotalHours, left.Minutes)
        : string.Format(CultureInfo.InvariantCulture, "{0}m {1}s", left.Minutes, left.Seconds);

    private static string Ended(PSObject shown) => HolderEnded(shown) switch
    {
        nameof(LeaseEnd.ProcessEnded) => " (gone)",
        nameof(LeaseEnd.Expired) => " (expired)",
        _ => "",
    };

    private static object? Value(PSObject shown, string name) =>
        shown?.Properties[name]?.Value is PSObject wrapped ? wrapped.BaseObject : shown?.Properties[name]?.Value;

    private static string Age(TimeSpan left) => left.TotalDays >= 2 ? Whole(left.TotalDays) + "d"
        : left.TotalHours >= 2 ? Whole(left.TotalHours) + "h"
        : left.TotalMinutes >= 2 ? Whole(left.TotalMinutes) + "m"
        : Whole(left.TotalSeconds) + "s";

    private static string Whole(double number) => Math.Floor(number).ToString(CultureInfo.InvariantCulture);

    private static object? Member(PSObject shown, string name) => Of(shown?.Properties[name]?.Value);

    private static string[] Members(PSObject shown, string mark) => shown.Properties
        .Select(property => (property.Name, Text: Text(Of(property.Value))))
        .Where(member => member.Text.Length > 0)
        .Select(member => TerminalText.Line(member.Name) + mark + member.Text)
        .ToArray();

    private static object? Of(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        string text => TerminalText.Line(text),
        ValueObject part => TerminalText.Line(part.ToString()),
        IEnumerable items => items.Cast<object?>().Select(item => Text(Of(item))).ToArray(),
        IFormattable or bool => value,
        var pair => TerminalText.Line(pair.ToString()),
    };

    private static string Text(object? value) => value switch
    {
        object[] items => items.Length == 0 ? "" : "{" + string.Join(", ", items) + "}",
        _ => Convert.ToString(value, CultureInfo.CurrentCulture) ?? "",
    };
}
