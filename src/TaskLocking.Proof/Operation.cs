namespace TaskLocking;

/// <summary>
/// One operation on one task, as the worker that asked for it saw it. A batch is one operation a task, with the same
/// <see cref="Worker"/> and <see cref="Number"/>.
/// </summary>
public sealed record Operation(string Worker, int Number, OperationKind Kind, string TaskId, long Start, long? End, OperationAnswer Answer)
    : ValueObject
{
    /// <summary>Who asked: a process; one that was killed and started again has another name.</summary>
    public string Worker { get; internal init; } = Worker;

    /// <summary>Its place in the worker's sequence, from 1.</summary>
    public int Number { get; internal init; } = Number;

    /// <summary>What was asked.</summary>
    public OperationKind Kind { get; internal init; } = Kind;

    /// <summary>The task; empty where a claim brought none.</summary>
    public string TaskId { get; internal init; } = TaskId;

    /// <summary>When it was asked: ticks of the machine-wide monotonic clock.</summary>
    public long Start { get; internal init; } = Start;

    /// <summary>When the answer was there, on the same clock; null without an answer.</summary>
    public long? End { get; internal init; } = End;

    /// <summary>How it ended.</summary>
    public OperationAnswer Answer { get; internal init; } = Answer;

    /// <summary>The name under which the store's history records the change: the worker and the number.</summary>
    public string Mark => MarkOf(Worker, Number);

    /// <summary>For whom: the assignee or the claimant.</summary>
    public string? Agent { get; internal init; }

    /// <summary>
    /// The token that was given, with a claim, or that was shown, with what follows a claim; 0 otherwise. For a read: the token that the
    /// task's claim has.
    /// </summary>
    public long Token { get; internal init; }

    /// <summary>
    /// With a claim: until when it stands though its process lives, on the clock of <see cref="Start"/>; null: as long as the process
    /// lives.
    /// </summary>
    public long? ValidUntil { get; internal init; }

    /// <summary>Why it was refused.</summary>
    public RefusalCode? Refusal { get; internal init; }

    /// <summary>Whom the answer named as the one who has the task: with a refusal, or with a read; null for nobody.</summary>
    public string? Owner { get; internal init; }

    /// <summary>The status that a read saw.</summary>
    public AgentTaskStatus? Status { get; internal init; }

    /// <summary>Whether it may take effect without having been acknowledged.</summary>
    public bool IsOpen => Answer is OperationAnswer.None or OperationAnswer.Uncertain;

    internal static string MarkOf(string worker, int number) =>
        worker + "#" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
