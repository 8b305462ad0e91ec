using System;
using Xunit;

namespace TaskLocking.Tests.Proof;

public sealed class StressOptionsTests
{
    public static TheoryData<StressOptions> Wrong =>
    [
        new StressOptions { Phases = [] },
        new StressOptions { Phases = [(StressPhase)9] },
        new StressOptions { Processes = 1 },
        new StressOptions { Processes = 101 },
        new StressOptions { Tasks = 3 },
        new StressOptions { Tasks = 10_001 },
        new StressOptions { Rounds = 0 },
        new StressOptions { MixedTime = TimeSpan.FromMilliseconds(999) },
        new StressOptions { MixedTime = TimeSpan.FromHours(25) },
        new StressOptions { KillInterval = TimeSpan.FromMilliseconds(49) },
        new StressOptions { TopicIterations = 0 },
        new StressOptions { TopicProcesses = 1 },
        new StressOptions { Soak = TimeSpan.Zero },
        new StressOptions { Soak = TimeSpan.FromDays(31) },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_out_of_its_range_is_refused(StressOptions options) =>
        Assert.Equal(RefusalCode.InvalidArgument, Assert.Throws<TaskLockingException>(options.Validate).Refusal.Code);

    [Fact]
    public void The_ends_of_the_ranges_are_in_them()
    {
        new StressOptions().Validate();
        new StressOptions
        {
            Processes = 2,
            Tasks = 4,
            Rounds = 1,
            MixedTime = TimeSpan.FromSeconds(1),
            KillInterval = TimeSpan.Zero,
            TopicIterations = 1,
            TopicProcesses = 2,
            Soak = TimeSpan.FromSeconds(1)
        }.Validate();
        new StressOptions
        {
            Processes = 100,
            Tasks = 10_000,
            Rounds = 100_000,
            MixedTime = TimeSpan.FromHours(24),
            KillInterval = TimeSpan.FromHours(1),
            TopicIterations = 100_000,
            TopicProcesses = 100,
            Soak = TimeSpan.FromDays(30)
        }.Validate();
    }
}
