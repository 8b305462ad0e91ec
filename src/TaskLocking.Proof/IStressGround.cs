using System.Collections.Generic;

namespace TaskLocking.Proof;

/// <summary>Where a phase has its board: what it begins with, what may befall it there, and what has to be true of it afterwards.</summary>
internal interface IStressGround
{
    /// <summary>Where that is, for people.</summary>
    string Place { get; }

    /// <summary>The address of the board for the workers; empty: it is in the folder.</summary>
    string Address { get; }

    /// <summary>Torn ends that were cut and broken documents that were replaced.</summary>
    int Recoveries { get; }

    /// <summary>Makes what the phase begins with.</summary>
    void Begin();

    /// <summary>Opens the board.</summary>
    /// <param name="isOneShot">Whether for one look alone.</param>
    TaskBoard Open(bool isOneShot = false);

    /// <summary>What befalls it beside kills and pauses, one after the other.</summary>
    IReadOnlyList<MachineFault> Faults(WorkerCrew crew, System.Random random, System.Threading.CancellationToken cancellationToken);

    /// <summary>What comes on top of every second kill; null for nothing.</summary>
    MachineFault? AfterKill(System.Random random, System.Threading.CancellationToken cancellationToken);

    /// <summary>Whether a verb may be refused with it because of what befell the ground.</summary>
    bool Explains(RefusalCode refusal);

    /// <summary>What is wrong with the board after a phase.</summary>
    IEnumerable<Violation> Check(TaskBoard board);
}
