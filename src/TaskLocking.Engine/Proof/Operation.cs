using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Proof;

/// <summary>
/// One operation on one task, as the worker that asked for it saw it. A batch is one operation a task, with the same
/// <see cref="Worker"/> and <see cref="Number"/>.
/// </summary>
/// <param name="Worker">Who asked: a process; one that was killed and started again has another name.</param>
/// <param name="Number">Its place in the worker's sequence, from 1.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="TaskId">The task; empty where a claim brought none.</param>
/// <param name="Start">When it was asked: ticks of the machine-wide monotonic clock.</param>
/// <param name="End">When the answer was there, on the same clock; null without an answer.</param>
/// <param name="Answer">How it ended.</param>
public sealed record Operation(string Worker, int Number, OperationKind Kind, string TaskId, long Start, long? End, OperationAnswer Answer)
{
    /// <summary>The name under which the store's history records the change: the worker and the number.</summary>
    public string Mark => MarkOf(Worker, Number);

    /// <summary>For whom: the assignee or the claimant.</summary>
    public string? Agent { get; init; }

    /// <summary>The token that was given, with a claim, or that was shown, with what follows a claim; 0 otherwise. For a read: the token that the task's claim has.</summary>
    public long Token { get; init; }

    /// <summary>With a claim: until when it stands though its process lives, on the clock of <see cref="Start"/>; null: as long as the process lives.</summary>
    public long? ValidUntil { get; init; }

    /// <summary>Why it was refused.</summary>
    public RefusalCode? Refusal { get; init; }

    /// <summary>Whom the answer named as the one who has the task: with a refusal, or with a read; null for nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>The status that a read saw.</summary>
    public AgentTaskStatus? Status { get; init; }

    /// <summary>Whether it may take effect without having been acknowledged.</summary>
    public bool IsOpen => Answer is OperationAnswer.None or OperationAnswer.Uncertain;

    internal static string MarkOf(string worker, int number) => worker + "#" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
