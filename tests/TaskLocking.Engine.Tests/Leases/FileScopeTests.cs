using System;
using System.Linq;
using TaskLocking.Rules;
using Xunit;
using static TaskLocking.Tests.Leases.FileScene;

namespace TaskLocking.Tests.Leases;

public sealed class FileScopeTests
{
    private static readonly TaskClaim Claim = new(9, "a", Now, Now.AddHours(4), TimeSpan.FromHours(4), "h", 5, "s");

    [Fact]
    public void A_claim_takes_what_is_free_and_names_the_rest()
    {
        var draft = Draft(Lease("src/**", "b"), Lease("old", "b", minutes: -1), Lease("mine", "a"), Lease("read", "b", shared: true));
        var conflicts = FileScope.Take(draft, ["src/x", "old", "mine", "read", "new/**"], Claim, "T-1", Unknown, StringComparison.Ordinal);
        Assert.Equal(["src/x", "read"], conflicts.Select(conflict => conflict.Path));
        var taken = draft.FileLeases.Where(lease => lease.TaskId == "T-1").ToList();
        Assert.Equal(["mine", "new/**", "old"], taken.Select(lease => lease.Path));
        Assert.All(taken,
            lease =>
                Assert.Equal(("a", false, Now.AddHours(4), "h", 5, "s"),
                    (lease.Agent, lease.IsShared, lease.Expires, lease.Host, lease.Pid, lease.ProcessStart)));
        Assert.DoesNotContain(draft.FileLeases, lease => lease.Agent == "b" && lease.Path == "old");
        Assert.Contains(draft.FileLeases, lease => lease is { Path: "mine", TaskId: null });
    }

    [Fact]
    public void Renewing_a_claim_prolongs_its_files_alone()
    {
        var draft = Draft(Lease("x", "a", task: "T-1"), Lease("y", "a", task: "T-2"), Lease("z", "a"), Lease("x2", "b", task: "T-1"));
        FileScope.Renew(draft, Claim, "T-1");
        Assert.Equal(["x"], draft.FileLeases.Where(lease => lease.Expires == Now.AddHours(4)).Select(lease => lease.Path));
        Assert.Equal((Now.AddMinutes(-10), 5), (draft.FileLeases.First().Since, draft.FileLeases.First().Pid));
        var length = draft.Changes.Changes.Count;
        FileScope.Renew(draft, Claim, "T-1");
        Assert.Equal(length, draft.Changes.Changes.Count);
    }

    [Fact]
    public void A_claim_that_ends_frees_its_files()
    {
        var draft = Draft(Lease("x", "a", task: "T-1"), Lease("x", "a", task: "T-2"), Lease("x", "a"));
        FileScope.Free(draft, "T-1");
        Assert.Equal([null, "T-2"], draft.FileLeases.Select(lease => lease.TaskId));
    }

    [Theory]
    [InlineData("T-1", "y")]
    [InlineData("T-9", "x y")]
    [InlineData(null, "")]
    public void An_agents_other_claims_keep_their_files(string? exceptOther, string left)
    {
        var draft = Draft(Lease("x", "a", task: "T-1"), Lease("y", "a", task: "T-2"), Lease("z", "a"), Lease("w", "b"));
        FileScope.FreeAll(draft, "a", exceptOther);
        Assert.Equal(left, string.Join(' ', draft.FileLeases.Where(lease => lease.Agent == "a").Select(lease => lease.Path)));
        Assert.Contains(draft.FileLeases, lease => lease.Agent == "b");
    }

    [Fact]
    public void Tests_and_lists_tell_what_holds()
    {
        var draft = Draft(Lease("b", "x"), Lease("a/**", "y", shared: true), Lease("gone", "x", minutes: -1));
        Assert.Equal(["a/**", "b"], FileLeaseQueries.Current(draft, null, Now, Unknown).Select(lease => lease.Path));
        Assert.Equal(["b"], FileLeaseQueries.Current(draft, "x", Now, Unknown).Select(lease => lease.Path));
        var results = FileLeaseQueries.Test(draft, new FileLeaseRequest(new LeaseHolder("x"), ["b", "a/c", "gone"]), Now, Unknown,
            StringComparison.Ordinal);
        Assert.Equal([("b", true, 0), ("a/c", false, 1), ("gone", true, 0)],
            results.Select(result => (result.Path, result.IsFree, result.Conflicts.Count)));
    }
}
