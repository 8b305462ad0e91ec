using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Processes;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// A disk that fails, and works again: what was acknowledged meanwhile is there when nothing of it is in memory any more.
/// </summary>
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private static readonly RefusalCode[] Refused =
        [RefusalCode.CommitUncertain, RefusalCode.StoreUnavailable, RefusalCode.DiskFull, RefusalCode.ReadOnlyFileSystem];

    private readonly List<string> _acknowledged = [];
    private int _uncertain;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_acknowledged_is_missing_when_the_caches_are_gone(bool hasJournal)
    {
        using var disk = FullDisk.Make(hasJournal);
        Commands(disk, "before", 3);
        using (var living = Worker.Start("steps", disk.Folder, "living"))
        {
            Step(living, 3);
            disk.Fill();
            // Each line needs a block of its own, which there is not.
            Step(living, 2);
            Commands(disk, "full", 4);
            Step(living, 1);
            disk.DropCaches();
            Commands(disk, "dropped", 2);
            disk.Free();
            Step(living, 3);
            Commands(disk, "freed", 3);
            Step(living, 2);
        }
        Assert.True(_uncertain > 0, "no flush has failed");
        disk.Forget();
        AssertThere(disk);
        Assert.Equal(0, Run(disk, "after").ExitCode);
        disk.Forget();
        AssertThere(disk);
    }

    [Fact]
    public void A_journal_that_goes_on_after_a_failed_flush_is_found()
    {
        using var disk = FullDisk.Make(hasJournal: false);
        var environment = new Dictionary<string, string> { ["TASKLOCKING_PLANTED_BUG"] = "go-on-after-failed-flush" };
        using (var living = Worker.Start(environment, "steps", disk.Folder, "living"))
        {
            Step(living, 2);
            disk.Fill();
            Step(living, 2);
            disk.Free();
            Step(living, 2);
        }
        Assert.Contains("living-4", _acknowledged);
        disk.Forget();
        var missing = Record.Exception(() => AssertThere(disk));
        Assert.True(missing is not null, "all is there");
        output.WriteLine(missing.Message);
    }

    private void AssertThere(FullDisk disk)
    {
        using var board = TaskBoard.Open(disk.Folder, new TaskBoardOptions { OneShot = true });
        Assert.Empty(_acknowledged.Except(board.GetTasks().Select(task => task.Id)));
    }

    private void Commands(FullDisk disk, string name, int count)
    {
        for (var index = 0; index < count; index++)
        {
            var id = FormattableString.Invariant($"{name}-{index}");
            var answer = Run(disk, id);
            Tell(id, answer.ExitCode);
        }
    }

    private static TasklockAnswer Run(FullDisk disk, string id)
    {
        using var process = TasklockProcess.Start(disk.Folder, null, "task", "new", id, "--content", new string('x', 6000));
        return process.Finish();
    }

    private void Step(Worker worker, int count)
    {
        worker.Ready();
        worker.Send(count.ToString(CultureInfo.InvariantCulture));
        for (var index = 0; index < count; index++)
        {
            var line = worker.ReadLine()!;
            Tell(line[2], line[0] == "defined" ? 0 : RefusalTable.ExitCode(Enum.Parse<RefusalCode>(line[1])));
        }
    }

    private void Tell(string id, int exit)
    {
        output.WriteLine($"{id} {exit}");
        Assert.True(exit == 0 || Refused.Select(RefusalTable.ExitCode).Contains(exit), $"{id} ended with {exit}");
        if (exit == 0)
            _acknowledged.Add(id);
        else if (exit == RefusalTable.ExitCode(RefusalCode.CommitUncertain))
            _uncertain++;
    }
}
