using System;
using TaskLocking.Model;

namespace TaskLocking.Board;

/// <summary>A rule that waits for its commit together with others of its process. Who leads them decides it.</summary>
internal interface IGroupJob
{
    /// <summary>What kind of a rule it is.</summary>
    Type Rule { get; }

    /// <summary>Whose holds do not stand in its way.</summary>
    LockSession Session { get; }

    /// <summary>For everything.</summary>
    Deadline Deadline { get; }

    /// <summary>What was decided last; null where nothing was.</summary>
    IAttempt? Attempt { get; }

    /// <summary>
    /// Decides on a state, unless what was decided before holds on it. False where there is nothing to be written, or the rule refuses:
    /// that is to be told of what is committed, and of nothing else. Under the gate.
    /// </summary>
    bool TryDecide(BoardState state);

    /// <summary>What was decided rests on what did not come to be.</summary>
    void Forget();
}
