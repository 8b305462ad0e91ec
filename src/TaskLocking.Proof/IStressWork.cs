using System;

namespace TaskLocking.Proof;

/// <summary>What a worker does. It is made before the gate, with everything loaded; what it does is recorded.</summary>
internal interface IStressWork : IDisposable
{
    /// <summary>Some operations.</summary>
    /// <param name="number">From 0.</param>
    void Round(int number);

    /// <summary>What is left to do when the rounds are over.</summary>
    void Finish();
}
