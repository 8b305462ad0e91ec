using System;
using TaskLocking.Model;

namespace TaskLocking.Tests.Leases;

/// <summary>A host of processes that all live, the tens being each the parent of the nine behind it: 10 of 11 to 19.</summary>
internal sealed class FakeKin : ILiveness, IProcessKin
{
    /// <summary>Those that are gone.</summary>
    public int[] Gone { get; init; } = [];

    public bool? IsAlive(string? host, int? pid, string? processStart) => pid is { } number ? Array.IndexOf(Gone, number) < 0 : null;

    public bool IsBelow(int pid, int ancestor, string start) => start == "s" && (pid == ancestor || pid / 10 * 10 == ancestor);

    public bool IsOfEarlierBoot(string host, string start, DateTimeOffset since) => false;
}
