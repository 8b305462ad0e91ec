using System.Collections.Generic;

namespace TaskLocking.CrashStates.Trace;

/// <summary>One system call of one thread, as strace tells it. Times are in nanoseconds of one clock for all processes.</summary>
/// <param name="Thread">Who made it.</param>
/// <param name="Start">When it began: nothing of it was done before.</param>
/// <param name="End">When it was over: all of it was done.</param>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">As they were written, one by one.</param>
/// <param name="Result">What it gave; negative where it failed.</param>
internal sealed record Call(int Thread, long Start, long End, string Name, IReadOnlyList<string> Arguments, long Result)
{
    /// <summary>Whether it did what it was asked for.</summary>
    public bool Succeeded => Result >= 0;

    public string Text(int argument) => TraceText.Unquote(Arguments[argument]);

    public byte[] Bytes(int argument) => TraceText.UnquoteBytes(Arguments[argument]);

    public long Number(int argument) => long.Parse(Arguments[argument], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The descriptor that an argument is, without the path that strace puts behind it.</summary>
    public int Descriptor(int argument) => TraceText.Descriptor(Arguments[argument]);
}
