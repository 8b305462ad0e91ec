using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Tests.Processes;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// Calls to the disk that fail, one or some in a row, each kind at each place in its turn: what was acknowledged is there, what was refused
/// is not, and nobody is answered in a journal whose flush has failed. TASKLOCKING_DISK_FAULTS says how many scenes a kind,
/// TASKLOCKING_SEED which.
/// </summary>
public sealed class DiskFaultTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Most = Surroundings.Setting("TASKLOCKING_DISK_FAULTS") ?? 8;
    private static readonly int Seed = Surroundings.Setting("TASKLOCKING_SEED") ?? Environment.TickCount;

    private readonly TempWorkspace _place = new(inMemory: true);

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Nothing_acknowledged_is_lost_on_a_disk_that_fails()
    {
        var lines = Run("none", _ => false);
        Assert.DoesNotContain(lines, line => line[0] == "fault");
        var scenes = lines.Where(line => line[0] == "scenes")
            .ToDictionary(line => line[1], line => (Count: int.Parse(line[2], null), Uncertain: int.Parse(line[3], null)));
        Assert.Equal(12, scenes.Count);
        Assert.All(scenes.Values, scene => Assert.True(scene.Count > 1));
        Assert.True(scenes["journal.flush"].Uncertain > 0);
    }

    [Fact]
    public void A_journal_that_goes_on_after_a_failed_flush_is_found() =>
        Assert.Equal("fault", Run("go-on-after-failed-flush", line => line[0] == "fault")[^1][0]);

    // Until it has said what is looked for, or all.
    private List<string[]> Run(string bug, Predicate<string[]> isEnough)
    {
        output.WriteLine($"TASKLOCKING_SEED={Seed} TASKLOCKING_DISK_FAULTS={Most}");
        using var worker = Worker.Start(new Dictionary<string, string> { ["TASKLOCKING_PLANTED_BUG"] = bug }, "faults", _place.Path,
            Most.ToString(CultureInfo.InvariantCulture), Seed.ToString(CultureInfo.InvariantCulture));
        List<string[]> lines = [];
        while (worker.ReadLine() is { } line)
        {
            output.WriteLine(string.Join(' ', line));
            lines.Add(line);
            if (isEnough(line))
                break;
        }
        return lines;
    }
}
