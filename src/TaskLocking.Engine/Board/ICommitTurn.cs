using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Board;

/// <summary>
/// One commit's way through a log. From <see cref="ICommitLog.Lock"/> to <see cref="Append"/>, or to the end without it, nobody else
/// appends; what comes after that keeps nobody waiting.
/// </summary>
/// <remarks>
/// Calling sequence, under the gate: <see cref="CatchUp"/>, <see cref="FindHeld"/>, <see cref="Append"/>; then without the gate:
/// <see cref="MakeDurable"/>, <see cref="Conclude"/>, and only then the answer. Dispose it in any case. It has few steps under the lock:
/// each takes a process that starts some microseconds to link.
/// </remarks>
internal interface ICommitTurn : IDisposable
{
    /// <summary>
    /// The newest state there is, ready for the next line, at a version that nobody was given. Null where the lock was taken away
    /// meanwhile: another turn is to be taken.
    /// </summary>
    BoardState? CatchUp();

    /// <summary>The first of the tasks that another session holds; null if none is held.</summary>
    string? FindHeld(IReadOnlyCollection<string> ids, LockSession session);

    /// <summary>
    /// Appends a line that was written for exactly the next version, and completes it, and lets go; the state is the caller's to bring
    /// there. Without a line the log is sure to be as it was caught up with.
    /// </summary>
    /// <param name="line">Null where nothing is to be written. Another one for a later version, to which the state was brought, where lines
    /// came between that change nothing of what the attempt rests on.</param>
    /// <param name="attempt">Whose line it is; what it rests on, for a log that does not keep others from appending meanwhile.</param>
    /// <param name="state">What <see cref="CatchUp"/> gave.</param>
    /// <returns>False where somebody was faster: nothing was appended, and another turn is to be taken.</returns>
    /// <exception cref="TaskLockingException">Nothing was appended, or CommitUncertain.</exception>
    bool Append(ref ByteBuffer? line, IAttempt attempt, BoardState state);

    /// <summary>Waits until everything up to here lasts.</summary>
    /// <exception cref="TaskLockingException">CommitUncertain, also where the wait was cancelled: what is written cannot be called
    /// back.</exception>
    void MakeDurable(CancellationToken cancellationToken);

    /// <summary>What is to be done before the answer is given.</summary>
    /// <param name="hasWritten">Whether there was a line.</param>
    /// <exception cref="TaskLockingException">CommitUncertain: nobody else finds the line.</exception>
    void Conclude(bool hasWritten);
}
