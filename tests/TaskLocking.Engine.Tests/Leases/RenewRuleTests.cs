using System;
using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class RenewRuleTests
{
    [Theory]
    [InlineData("started", null, 60)]
    [InlineData("claimed", null, 60)]
    [InlineData("lapsed", null, 60)]
    [InlineData("started", 5, 5)]
    public void A_claim_holds_on_from_now(string id, int? asked, int minutes)
    {
        var draft = Draft();
        var task = Renew(draft, new RenewRequest(id, "a") { Token = 50, Ttl = asked is { } ttl ? TimeSpan.FromMinutes(ttl) : null }).Task!;
        Assert.Equal((50L, LifeScene.Now.AddMinutes(minutes), TimeSpan.FromMinutes(minutes)),
            (task.Claim!.Token, task.Claim.Expires, task.Claim.Ttl));
    }

    [Fact]
    public void A_renewal_takes_the_files_along_and_leaves_no_trace_in_the_history()
    {
        var state = new MemoryState(Scene.Task("T").StartedBy("a"));
        state.Leased.AddRange([LifeScene.FileOf("a", "T", "t", 1), LifeScene.FileOf("a", null, "own", 1)]);
        var draft = Scene.Draft(state);
        var before = draft.Find("T")!.LastModified;
        var task = Renew(draft, new RenewRequest("T", "a")).Task!;
        Assert.Equal(before, task.LastModified);
        Assert.Equal([("own", 1d), ("t", 60d)], draft.FileLeases.Select(lease => (lease.Path, (lease.Expires - LifeScene.Now).TotalMinutes))
            .Order());
    }

    [Theory]
    [InlineData("started", "a", 49L, RefusalCode.LeaseLost)]
    [InlineData("started", "b", 50L, RefusalCode.LeaseLost)]
    [InlineData("started", "b", null, RefusalCode.NotOwner)]
    [InlineData("free", "a", null, RefusalCode.StatusConflict)]
    [InlineData("free", "a", 50L, RefusalCode.LeaseLost)]
    [InlineData("none", "a", null, RefusalCode.TaskNotFound)]
    [InlineData("started", " ", null, RefusalCode.InvalidArgument)]
    public void Who_may_renew_what(string id, string agent, long? token, RefusalCode code) =>
        Assert.Equal(code, Renew(Draft(), new RenewRequest(id, agent) { Token = token }).Code());

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(1, true)]
    [InlineData(30 * 86_400, true)]
    [InlineData(30 * 86_400 + 1, false)]
    public void A_claim_holds_for_a_second_to_thirty_days(double seconds, bool granted) =>
        Assert.Equal(granted ? null : RefusalCode.InvalidArgument,
            Renew(Draft(), new RenewRequest("started", "a") { Ttl = TimeSpan.FromSeconds(seconds) }).Code());

    private static TaskDraft Draft() =>
        Scene.Draft(Scene.Task("started").StartedBy("a"), Scene.Task("claimed").ClaimedBy("a"), Scene.Task("lapsed").StartedBy("a", -5),
            Scene.Task("free"));

    private static TaskOutcome Renew(TaskDraft draft, RenewRequest request) => Assert.Single(new RenewRule([request]).Decide(draft));
}
