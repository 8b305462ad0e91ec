using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;

namespace TaskLocking.Proof;

/// <summary>
/// What one worker asks and is told, in a file of its own: <see cref="Begin"/> before the call,
/// <see cref="End(int, OperationAnswer, OperationFacts?)"/> after it. Each line is one write that has left the process when the call
/// returns, so what was written outlives a kill; at worst the last line is torn. Several threads may share it.
/// <para>
/// Times are <see cref="Stopwatch.GetTimestamp"/>: CLOCK_MONOTONIC on Unix, the performance counter on Windows. Both count alike for all
/// processes of a machine and never step back, so the times of several workers can be compared; those of two machines cannot.
/// </para>
/// </summary>
internal sealed class OperationLog : IDisposable
{
    private readonly FileStream _file;
    private readonly Dictionary<int, IReadOnlyList<string>> _begun = [];
    private int _last;

    /// <param name="path">The file; it must not exist.</param>
    /// <param name="worker">The worker's name: another one for each process, also for one that follows a killed one.</param>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public OperationLog(string path, string worker)
    {
        Worker = worker;
        // Buffers of one byte are none, on every framework.
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1);
        Write(OperationLine.Worker(worker));
    }

    public string Worker { get; }

    /// <summary>The mark under which to commit: <c>CommitOptions.By</c>.</summary>
    public string Mark(int number) => Operation.MarkOf(Worker, number);

    /// <summary>Writes down what is asked for, before it is.</summary>
    /// <param name="kind">What.</param>
    /// <param name="ids">The tasks; none for a claim.</param>
    /// <param name="agent">The assignee or claimant.</param>
    /// <param name="token">The token that will be shown; 0 for none.</param>
    /// <returns>The number, from 1.</returns>
    public int Begin(OperationKind kind, IReadOnlyList<string> ids, string? agent, long token = 0)
    {
        lock (_begun)
        {
            var number = ++_last;
            _begun[number] = ids;
            Write(OperationLine.Start(number, kind, Stopwatch.GetTimestamp(), agent, token, ids));
            return number;
        }
    }

    /// <summary>Writes down one answer for all tasks of the start; for a claim that got a task, use the other overload.</summary>
    /// <param name="number">What <see cref="Begin"/> gave.</param>
    /// <param name="answer">How it ended.</param>
    /// <param name="facts">What else was told; its task and answer are not looked at.</param>
    public void End(int number, OperationAnswer answer, OperationFacts? facts = null)
    {
        var told = facts ?? new OperationFacts("", answer);
        End(number, ids => ids.Count == 0 ? [told with { Answer = answer }] : ids.Select(id => told with { TaskId = id, Answer = answer })
            .ToList());
    }

    /// <summary>A refusal of all of it.</summary>
    public void End(int number, RefusalCode refusal, string? owner = null) =>
        End(number, refusal == RefusalCode.CommitUncertain ? OperationAnswer.Uncertain : OperationAnswer.Refused,
            new OperationFacts("", OperationAnswer.Refused) { Refusal = refusal, Owner = owner });

    /// <summary>Writes down an answer for each task: of a batch, of a claim, of a read.</summary>
    public void End(int number, IReadOnlyList<OperationFacts> answers) => End(number, _ => answers);

    public void Dispose() => _file.Dispose();

    private void End(int number, Func<IReadOnlyList<string>, IReadOnlyList<OperationFacts>> answers)
    {
        // Taken before the wait for the lock: the answer was there.
        var now = Stopwatch.GetTimestamp();
        lock (_begun)
        {
            var told = answers(_begun[number]);
            _begun.Remove(number);
            Write(OperationLine.End(number, now, told));
        }
    }

    private void Write(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        _file.Write(bytes, 0, bytes.Length);
        _file.Flush();
    }
}
