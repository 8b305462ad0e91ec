using System;
using System.Linq;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Bringing a store up to date changes no task, and frees nothing that somebody holds.</summary>
public abstract class SyncContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly CommitOptions Once = new() { Timeout = TimeSpan.Zero };

    [Fact]
    public void It_tells_the_newest_version_and_how_many_tasks_there_are()
    {
        Define("A", "B");
        var version = Two.Edit([new TaskEdit("B") { Name = "b" }])[0].Task!.Version;
        var before = Two.GetTasks().Select(task => task.ToJson()).ToList();
        var report = One.Sync();
        Assert.Equal((version, 2, 0), (report.Version, report.Tasks, report.Adopted));
        Assert.Empty(report.NotUnderstood);
        Assert.Empty(report.KeptAside);
        Assert.Equal(before, Two.GetTasks().Select(task => task.ToJson()));
        Assert.Equal(version, Two.Sync().Version);
    }

    [Fact]
    public void What_is_held_stays_held_and_what_is_done_can_be_held_again()
    {
        Define("A", "B");
        using (One.Hold(["A", "B"]))
        {
            One.Edit([new TaskEdit("A") { Status = AgentTaskStatus.Done }]);
            Two.Sync();
            foreach (var id in new[] { "A", "B" })
                Assert.Equal(RefusalCode.LockTimeout, Thrown(() => Two.Edit([new TaskEdit(id) { Name = "n" }], Once)).Code);
        }
        One.Sync();
        using var again = Two.Hold(["A", "B"]);
        Assert.Equal(RefusalCode.LockTimeout, Thrown(() => One.Edit([new TaskEdit("A") { Name = "n" }], Once)).Code);
    }
}
