using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Leases;

/// <summary>What needs a review comes to Done by a person who did not do the work, and by no way around.</summary>
public sealed class ApprovalTests : System.IDisposable
{
    private readonly TempWorkspace _place = new(inMemory: true);
    private readonly TaskBoard _board;

    public ApprovalTests()
    {
        _board = TaskBoard.Open(_place.Path);
        _board.RegisterAgents([new AgentProfile("bob", Type: "human"), new AgentProfile("eva", Type: "human")]);
        _board.Define([new TaskDefinition("T") { NeedsReview = true }, new TaskDefinition("U")]);
    }

    public void Dispose()
    {
        _board.Dispose();
        _place.Dispose();
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("todo")]
    [InlineData("blocked")]
    [InlineData("failed")]
    [InlineData("in-progress")]
    [InlineData("restart")]
    public void No_detour_leads_to_Done(string by)
    {
        foreach (var id in new[] { "T", "U" })
        {
            Work(id, "a", "agent", forReview: true);
            if (by == "restart")
                Assert.Null(_board.Restart([new RestartRequest(id) { Force = true }])[0].Refusal);
            else
                Assert.Null(Set(id, TodoWords.Status(by)));
            Assert.Equal(RefusalCode.NotPermitted, Set(id, AgentTaskStatus.Done));
            Assert.Equal(RefusalCode.NotPermitted,
                _board.Edit([new TaskEdit(id) { NeedsReview = false, Status = AgentTaskStatus.Done }])[0].Refusal?.Code);
            Assert.True(_board.FindTask(id)!.NeedsReview);
        }
    }

    [Theory]
    [InlineData(null, RefusalCode.NotPermitted)]
    [InlineData("a", RefusalCode.NotPermitted)]
    [InlineData("bob", RefusalCode.NotPermitted)]
    [InlineData("eva", null)]
    public void Once_begun_the_review_is_taken_away_by_a_person_who_did_not_do_it(string? by, RefusalCode? code)
    {
        Assert.Null(_board.Edit([new TaskEdit("T") { NeedsReview = false }])[0].Refusal);
        _board.Edit([new TaskEdit("T") { NeedsReview = true }]);
        Work("T", "bob", "human", forReview: false);
        Assert.Equal(AgentTaskStatus.Review, _board.FindTask("T")!.Status);
        var edited = _board.Edit([new TaskEdit("T") { NeedsReview = false }], new CommitOptions { By = by })[0];
        Assert.Equal(code, edited.Refusal?.Code);
    }

    [Fact]
    public void Who_did_it_does_not_approve_it_though_it_is_no_longer_his()
    {
        _board.Assign(new AssignmentRequest(["T"], "human", "bob"));
        // Begun without a claim, as a person does.
        Set("T", AgentTaskStatus.InProgress);
        Assert.Null(_board.Complete([new CompleteRequest("T", "bob") { Type = "human" }])[0].Refusal);
        Assert.Equal(AgentTaskStatus.Review, _board.FindTask("T")!.Status);
        Assert.True(_board.Unassign(new UnassignmentRequest(["T"]) { From = "bob" }).Success);
        Assert.Equal(RefusalCode.NotPermitted, Approve("bob"));
        _board.Assign(new AssignmentRequest(["T"], "human", "eva") { Force = true });
        Assert.Equal(RefusalCode.NotPermitted, Approve("bob"));
        _board.Unassign(new UnassignmentRequest(["T"]) { From = "eva" });
        Assert.Null(Approve("eva"));
    }

    [Theory]
    [InlineData(AgentTaskStatus.InProgress)]
    [InlineData(AgentTaskStatus.Review)]
    public void Who_brought_it_there_by_hand_did_some_of_it(AgentTaskStatus status)
    {
        _board.Edit([new TaskEdit("T") { Status = status }], new CommitOptions { By = "bob" });
        Set("T", AgentTaskStatus.Review);
        Assert.Equal(RefusalCode.NotPermitted, Approve("bob"));
        Assert.Null(Approve("eva"));
    }

    [Fact]
    public void Who_worked_on_an_earlier_attempt_did_some_of_it()
    {
        _board.Assign(new AssignmentRequest(["T"], "human", "bob"));
        Assert.Null(_board.Start([new StartRequest("T", new LeaseHolder("bob") { Type = "human" })])[0].Refusal);
        Assert.Null(_board.Fail([new FailRequest("T", "bob", "no")])[0].Refusal);
        Assert.Null(_board.Restart([new RestartRequest("T")])[0].Refusal);
        _board.Unassign(new UnassignmentRequest(["T"]) { From = "bob" });
        Work("T", "a", "agent", forReview: false);
        Assert.Equal(RefusalCode.NotPermitted, Approve("bob"));
        Assert.Null(Approve("eva"));
    }

    private RefusalCode? Approve(string name) =>
        _board.Complete([new CompleteRequest("T", name) { Type = "human" }])[0].Refusal?.Code;

    private RefusalCode? Set(string id, AgentTaskStatus status) =>
        _board.Edit([new TaskEdit(id) { Status = status }])[0].Refusal?.Code;

    private void Work(string id, string agent, string type, bool forReview)
    {
        _board.Assign(new AssignmentRequest([id], type, agent));
        Assert.Null(_board.Start([new StartRequest(id, new LeaseHolder(agent) { Type = type })])[0].Refusal);
        Assert.Null(_board.Complete([new CompleteRequest(id, agent) { Type = type, ForReview = forReview }])[0].Refusal);
    }
}
