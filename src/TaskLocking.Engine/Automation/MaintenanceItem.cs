namespace TaskLocking.Automation;

/// <summary>One thing that maintenance set right.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Subject">The task's id, or the path of a file lease.</param>
/// <param name="Agent">Whose it was; null if nobody's.</param>
/// <param name="Message">What was done, in a sentence.</param>
public sealed record MaintenanceItem(MaintenanceKind Kind, string Subject, string? Agent, string Message);
