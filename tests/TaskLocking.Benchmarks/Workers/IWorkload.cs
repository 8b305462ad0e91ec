using System;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>What a worker process repeats.</summary>
internal interface IWorkload : IDisposable
{
    /// <summary>Runs the same code on other files until it is compiled, then opens the files that are measured.</summary>
    void Warm();

    /// <summary>
    /// How long the measured work goes on before it is measured, all processes together: some code is only met where they contend, and is
    /// compiled then. None where the work changes what it works on.
    /// </summary>
    TimeSpan LeadIn => TimeSpan.Zero;

    /// <summary>Whether there is nothing left to do.</summary>
    bool IsOver => false;

    /// <summary>How many operations it has done so far, where that is not the number of its steps; null where it is.</summary>
    long? Done => null;

    /// <summary>One operation; false if it was refused and does not count.</summary>
    bool Step();
}
