using System.Collections.Generic;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>What one process did; the line of JSON that each worker and peer writes at its end.</summary>
/// <param name="Operations">Completed operations.</param>
/// <param name="Begin">Nanoseconds since 1970.</param>
/// <param name="End">Nanoseconds since 1970.</param>
/// <param name="Held">How long the lock was held, in nanoseconds a commit; only ours tell.</param>
/// <param name="Waited">How long each commit waited for the lock, in nanoseconds; only ours tell.</param>
internal sealed record WorkerReport(long Operations, long Begin, long End, IReadOnlyList<long>? Held = null,
    IReadOnlyList<long>? Waited = null);
