using System;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Leases;

/// <summary>A person who takes a task with a claim has it as long as the claim; one who was given it keeps it.</summary>
public sealed class PersonClaimTests : IDisposable
{
    private readonly TempWorkspace _workspace = new(inMemory: true);
    private readonly MovedClock _clock = new();
    private readonly TaskBoard _board;

    public PersonClaimTests()
    {
        _board = TaskBoard.Open(_workspace.Path, new TaskBoardOptions { Clock = _clock });
        _board.RegisterAgents([new AgentProfile("anna", Type: "human")]);
        _board.Define([new TaskDefinition("T") { MaxAttempt = 2, TimeLimit = TimeSpan.FromMinutes(5) }]);
    }

    public void Dispose()
    {
        _board.Dispose();
        _workspace.Dispose();
    }

    [Theory]
    [InlineData("expired", false)]
    [InlineData("expired", true)]
    [InlineData("overdue", true)]
    [InlineData("failed", true)]
    [InlineData("given back", false)]
    [InlineData("given back", true)]
    public void What_a_person_took_is_nobodys_when_the_claim_has_ended(string how, bool isStarted)
    {
        End(how, Take(isStarted));
        var taken = _board.Request(new TaskRequest(new LeaseHolder("b"))).Task;
        _clock.Move(TimeSpan.FromMinutes(1)); // After a failure it takes a moment until the next attempt.
        taken ??= _board.Request(new TaskRequest(new LeaseHolder("b"))).Task;
        Assert.Equal("T", taken?.Id);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("failed")]
    [InlineData("given back")]
    public void What_a_person_was_given_stays_his(string how)
    {
        Assert.True(_board.Assign(new AssignmentRequest(["T"], "human", "anna")).Success);
        _clock.Move(TimeSpan.FromSeconds(1));
        End(how, Take(isStarted: how == "failed"));
        Assert.Null(_board.Request(new TaskRequest(new LeaseHolder("b"))).Task);
        Assert.Equal("human:anna", _board.FindTask("T")!.Assignee!.ToString());
    }

    private AgentTask Take(bool isStarted) => _board.Request(new TaskRequest(new LeaseHolder("anna") { Type = "human" })
    {
        Ttl = TimeSpan.FromMinutes(10),
        Start = isStarted,
    }).Task!;

    private void End(string how, AgentTask task)
    {
        if (how == "failed")
            Assert.Null(_board.Fail([new FailRequest("T", "anna", "no") { Token = task.Claim!.Token }])[0].Refusal);
        if (how == "given back")
            Assert.Null(_board.GiveBack([new GiveBackRequest("T", "anna", task.Claim!.Token)])[0].Refusal);
        else
            _clock.Move(TimeSpan.FromMinutes(how == "overdue" ? 6 : 11));
    }
}
