using System;
using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;
using static TaskLocking.Tests.Leases.FileScene;

namespace TaskLocking.Tests.Leases;

public sealed class LockFilesRuleTests
{
    public static TheoryData<FileLeaseRequest> Malformed =>
    [
        new FileLeaseRequest(new LeaseHolder(""), ["a"]),
        new FileLeaseRequest(new LeaseHolder("a\n"), ["a"]),
        new FileLeaseRequest(new LeaseHolder("a") { Host = "x\0" }, ["a"]),
        new FileLeaseRequest(new LeaseHolder("a") { Pid = 0 }, ["a"]),
        new FileLeaseRequest(new LeaseHolder("a"), []),
        new FileLeaseRequest(new LeaseHolder("a"), Enumerable.Range(0, 1_001).Select(number => "f" + number).ToList()),
        new FileLeaseRequest(new LeaseHolder("a"), ["a"]) { Ttl = TimeSpan.FromMilliseconds(999) },
        new FileLeaseRequest(new LeaseHolder("a"), ["a"]) { Ttl = TimeSpan.FromDays(31) },
        new FileLeaseRequest(new LeaseHolder("a"), ["a"]) { Ttl = TimeSpan.FromDays(-1) },
    ];

    [Fact]
    public void A_free_path_is_taken_for_thirty_minutes()
    {
        var draft = Draft();
        var answer = Lock(draft, "a", ["x", "src/**"], holder: new LeaseHolder("a") { Host = "h", Pid = 7, ProcessStart = "s" });
        Assert.True(answer.Success);
        Assert.Equal(
            new FileLease("x", "a", Now, Now.AddMinutes(30), Host: "h", Pid: 7, ProcessStart: "s"),
            answer.Leases[0]);
        Assert.Equal(["x", "src/**"], answer.Leases.Select(lease => lease.Path));
        Assert.Equal(answer.Leases.OrderBy(lease => lease.Path, StringComparer.Ordinal), draft.FileLeases);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    public void Only_those_who_share_share(bool theirs, bool mine, bool success)
    {
        var draft = Draft(Lease("src/**", "b", shared: theirs));
        var answer = Lock(draft, "a", ["src/x"], shared: mine);
        Assert.Equal(success, answer.Success);
        Assert.Equal(success ? 2 : 1, draft.FileLeases.Count);
    }

    [Fact]
    public void What_is_in_the_way_is_named_for_each_path_and_nothing_is_taken()
    {
        var draft = Draft(Lease("src/**", "b"), Lease("src/x", "c", minutes: 0.5), Lease("y", "c", minutes: 40, task: "T-1"),
            Lease("free", "a"));
        var answer = Lock(draft, "a", ["src/x", "free", "y", "z"]);
        Assert.False(answer.Success);
        Assert.Empty(answer.Leases);
        Assert.All(answer.Refused, refusal => Assert.Equal(RefusalCode.FileLocked, refusal.Code));
        Assert.Equal(
            [("src/x", "b", Now.AddMinutes(30)), ("y", "c", Now.AddMinutes(40))],
            answer.Refused.Select(refusal => (refusal.Path!, refusal.Agent!, refusal.Expires!.Value)));
        Assert.All(answer.Refused, refusal => Assert.InRange(refusal.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
        Assert.Empty(draft.Changes.Changes);
    }

    [Fact]
    public void The_same_agent_again_renews_and_keeps_since()
    {
        var draft = Draft(Lease("x", "a", minutes: 1), Lease("y", "b"));
        var lease = Assert.Single(Lock(draft, "a", ["x"]).Leases);
        Assert.Equal((Now.AddMinutes(-10), Now.AddMinutes(30)), (lease.Since, lease.Expires));
        Assert.Equal(2, draft.FileLeases.Count);
    }

    [Fact]
    public void A_renewal_after_the_end_begins_anew()
    {
        var draft = Draft(Lease("x", "a", minutes: -1));
        Assert.Equal(Now, Assert.Single(Lock(draft, "a", ["x"]).Leases).Since);
    }

    [Fact]
    public void A_lease_changes_between_shared_and_exclusive_if_nobody_is_in_the_way()
    {
        var draft = Draft(Lease("x", "a", shared: true), Lease("x", "b", shared: true), Lease("y", "a"));
        Assert.False(Lock(draft, "a", ["x"]).Success);
        Assert.True(draft.FileLeases.First().IsShared);
        Assert.True(Lock(draft, "a", ["y"], shared: true).Leases[0].IsShared);
        Unlock(draft, "b", ["x"]);
        Assert.False(Lock(draft, "a", ["x"]).Leases[0].IsShared);
        Assert.Equal(2, draft.FileLeases.Count);
    }

    // The origin compared the time of day: a lease of yesterday evening held again from midnight on.
    [Theory]
    [InlineData(-0.1)]
    [InlineData(-24 * 60)]
    [InlineData(-24 * 60 + 30)]
    [InlineData(-48 * 60 - 1)]
    [InlineData(0)]
    public void A_lease_that_lapsed_stays_lapsed_whatever_the_time_of_day(double minutes)
    {
        var draft = Draft(Lease("x", "b", minutes: minutes), Lease("other", "b", minutes: minutes));
        Assert.True(Lock(draft, "a", ["x"]).Success);
        Assert.Equal(["x:a", "other:b"], draft.FileLeases.Select(lease => lease.Path + ":" + lease.Agent));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(24 * 60)]
    [InlineData(24 * 60 + 1)]
    [InlineData(30 * 24 * 60)]
    public void A_lease_that_ends_later_holds_however_much_later(double minutes) =>
        Assert.False(Lock(Draft(Lease("x", "b", minutes: minutes)), "a", ["x"]).Success);

    [Fact]
    public void A_process_is_judged_before_the_clock_and_only_if_it_is_in_the_way()
    {
        var liveness = new FakeLiveness(pid => pid == 1 ? true : pid == 2 ? false : null);
        var draft = Draft(Lease("alive", "b", minutes: -60, pid: 1), Lease("dead", "b", pid: 2), Lease("far", "b", pid: 1));
        Assert.Equal(["alive"], Lock(draft, "a", ["alive", "dead", "free"], liveness: liveness).Refused.Select(refusal => refusal.Path));
        Assert.Equal(2, liveness.Questions);
        Assert.True(Lock(draft, "a", ["dead"], liveness: liveness).Success);
        Assert.Equal(["a:dead", "b:alive", "b:far"], draft.FileLeases.Select(lease => lease.Agent + ":" + lease.Path));
    }

    [Fact]
    public void Nothing_but_a_later_end_is_changed_by_a_repeat()
    {
        var draft = Draft();
        var first = Lock(draft, "a", ["x"]);
        var length = draft.Changes.Changes.Count;
        Assert.Equal(first.Leases, Lock(draft, "a", ["x"]).Leases);
        Assert.Equal(length, draft.Changes.Changes.Count);
    }

    [Fact]
    public void A_lease_of_a_claim_stays_beside_one_by_hand()
    {
        var draft = Draft(Lease("x", "a", task: "T-1"));
        Assert.True(Lock(draft, "a", ["x"]).Success);
        Assert.Equal([null, "T-1"], draft.FileLeases.Select(lease => lease.TaskId));
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_request_that_cannot_be_meant_is_refused_whole(FileLeaseRequest request)
    {
        var draft = Draft();
        var thrown = Assert.Throws<TaskLockingException>(() => new LockFilesRule(request, Unknown, StringComparison.Ordinal).Decide(draft));
        Assert.Equal(RefusalCode.InvalidArgument, thrown.Refusal.Code);
        Assert.Empty(draft.Changes.Changes);
    }
}
