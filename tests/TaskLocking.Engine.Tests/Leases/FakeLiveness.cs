using System;

namespace TaskLocking.Tests.Leases;

/// <summary>Knows of processes what the test says, and counts the questions.</summary>
internal sealed class FakeLiveness(Func<int, bool?> answer) : ILiveness
{
    public int Questions { get; private set; }

    public bool? IsAlive(string? host, int? pid, string? processStart)
    {
        Questions++;
        return pid is { } number ? answer(number) : null;
    }
}
