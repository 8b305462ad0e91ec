using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class LeaseTermTests
{
    [Theory]
    [InlineData(null, 1, null)]
    [InlineData(null, 0, LeaseEnd.Expired)]
    [InlineData(null, -1, LeaseEnd.Expired)]
    [InlineData(LifeScene.Elsewhere, 1, null)]
    [InlineData(LifeScene.Elsewhere, -1, LeaseEnd.Expired)]
    [InlineData(LifeScene.Living, 1, null)]
    [InlineData(LifeScene.Living, -600_000, null)]
    [InlineData(LifeScene.Gone, 1, LeaseEnd.ProcessEnded)]
    [InlineData(LifeScene.Gone, -1, LeaseEnd.ProcessEnded)]
    public void A_process_that_can_be_judged_outweighs_the_clock(int? pid, double minutesLeft, LeaseEnd? end) =>
        Assert.Equal(end, LeaseTerm.End(LifeScene.ClaimOf("a", minutesLeft, pid), LifeScene.Now, LifeScene.Liveness()));

    [Fact]
    public void A_process_is_asked_about_once()
    {
        var liveness = LifeScene.Liveness();
        var known = new KnownLiveness(liveness);
        Assert.Equal((true, false, null),
            (known.IsAlive("h", LifeScene.Living, "s"), known.IsAlive("h", LifeScene.Gone, "s"),
                known.IsAlive("h", LifeScene.Elsewhere, "s")));
        Assert.Equal((true, false, null),
            (known.IsAlive("h", LifeScene.Living, "s"), known.IsAlive("h", LifeScene.Gone, "s"),
                known.IsAlive("h", LifeScene.Elsewhere, "s")));
        Assert.Equal(3, liveness.Questions);
        known.IsAlive("h", LifeScene.Living, "another start");
        known.IsAlive("another host", LifeScene.Living, "s");
        Assert.Equal(5, liveness.Questions);
        Assert.Null(known.IsAlive(null, LifeScene.Living, "s"));
        Assert.Null(known.IsAlive("h", null, null));
        Assert.Equal(5, liveness.Questions);
    }
}
