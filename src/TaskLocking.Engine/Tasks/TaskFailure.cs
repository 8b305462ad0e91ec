using System;

namespace TaskLocking.Tasks;

/// <summary>Why a task failed last.</summary>
/// <param name="Reason">In the words of whoever reported it.</param>
/// <param name="At">When.</param>
/// <param name="Agent">Who had it; null if nobody.</param>
public sealed record TaskFailure(string Reason, DateTimeOffset At, string? Agent);
