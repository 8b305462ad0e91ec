using System;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Abstractions;

/// <summary>
/// The one place where a refusal becomes an error record. The id is the code's name, the category that of
/// <see cref="RefusalTable"/>; the facts (holder, versions, retry-after) are in <c>$_.Exception.Refusal</c>.
/// </summary>
internal static class RefusalRecord
{
    public static ErrorRecord Create(TaskLockingException exception, object? target = null)
    {
        var refusal = exception.Refusal;
        var category = Enum.TryParse(RefusalTable.Category(refusal.Code), out ErrorCategory known) ? known : ErrorCategory.NotSpecified;
        var about = target ?? refusal.TaskId ?? refusal.Resource ?? refusal.Path;
        return new ErrorRecord(exception, refusal.Code.ToString(), category, about)
        {
            ErrorDetails = RecommendedAction.For(refusal) is { } action
                ? new ErrorDetails(refusal.Message) { RecommendedAction = action }
                : null,
            CategoryInfo = { Reason = refusal.Code.ToString(), TargetName = about is string name ? TerminalText.Line(name) : null },
        };
    }

    public static ErrorRecord Create(Refusal refusal, object? target) => Create(new TaskLockingException(refusal), target);
}
