using System;

namespace TaskLocking;

/// <summary>A whole call was refused. What concerns one item of several is a value in the answer, never this.</summary>
#pragma warning disable CA1032 // A refusal without a code and a sentence is not one.
public sealed class TaskLockingException : Exception
{
    /// <summary>Wraps a refusal.</summary>
    public TaskLockingException(Refusal refusal, Exception? innerException = null)
        : base(refusal?.Message, innerException) => Refusal = refusal ?? throw new ArgumentNullException(nameof(refusal));

    /// <summary>Wraps a refusal that has no facts but its sentence.</summary>
    public TaskLockingException(RefusalCode code, string message, Exception? innerException = null)
        : this(new Refusal(code, message), innerException)
    {
    }

    /// <summary>Why, with the facts.</summary>
    public Refusal Refusal { get; }
}
