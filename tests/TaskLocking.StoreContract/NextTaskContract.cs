using System;
using System.Threading;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Who asks for a task where none is free may wait for one.</summary>
public abstract class NextTaskContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly LeaseHolder Ann = new("ann");
    private static readonly LeaseHolder Bob = new("bob");

    [Fact]
    public void It_gets_the_task_that_comes()
    {
        var answer = Two.RequestWhenFree(new TaskRequest(Ann) { Start = true }, During(() => Define("A")));
        Assert.Equal(("A", AgentTaskStatus.InProgress), (answer.Task!.Id, answer.Task.Status));
        Assert.Equal("A", One.FindTask("A")!.Claim is { Agent: "ann" } ? "A" : null);
    }

    [Fact]
    public void It_gets_what_waited_for_the_work_of_another()
    {
        Define("A");
        One.Define([new TaskDefinition("B") { Dependencies = ["A"] }]);
        One.Request(new TaskRequest(Bob) { Start = true });
        var answer = Two.RequestWhenFree(new TaskRequest(Ann),
            During(() => One.Complete([new CompleteRequest("A", "bob")])) with { UntilEmpty = true });
        Assert.Equal("B", answer.Task!.Id);
    }

    [Fact]
    public void Until_empty_it_ends_with_the_last_task()
    {
        Assert.Equal("There is no task.", Two.RequestWhenFree(new TaskRequest(Ann), new RequestWait { UntilEmpty = true }).Nothing);
        Define("A");
        One.Define([new TaskDefinition("B") { Dependencies = ["A"] }]);
        One.Request(new TaskRequest(Bob) { Start = true });
        var answer = Two.RequestWhenFree(new TaskRequest(Ann),
            During(() => One.Fail([new FailRequest("A", "bob", "broken") { IsFinal = true }])) with { UntilEmpty = true });
        Assert.Null(answer.Task);
        Assert.StartsWith("Nothing is left to do: 1 failed, 1 blocked.", answer.Nothing, StringComparison.Ordinal);
        // Of another swarm nothing is left either, whatever is ready.
        Define("C");
        var other = Two.RequestWhenFree(new TaskRequest(Ann) { Swarm = "s" }, new RequestWait { UntilEmpty = true });
        Assert.Equal("There is no task.", other.Nothing);
    }

    [Fact]
    public void It_waits_no_longer_than_was_said()
    {
        var looks = 0;
        var once = Two.RequestWhenFree(new TaskRequest(Ann), new RequestWait { AtMost = TimeSpan.Zero, OnWait = _ => looks++ });
        Assert.Equal((0, true), (looks, once.Task is null));
        var foreseen = Two.RequestWhenFree(new TaskRequest(Ann), new RequestWait(), new CommitOptions { WhatIf = true });
        Assert.Null(foreseen.Task);
        var refused = Thrown(() => Two.RequestWhenFree(new TaskRequest(Ann), new RequestWait { AtMost = TimeSpan.FromSeconds(-2) }));
        Assert.Equal(RefusalCode.InvalidArgument, refused.Code);
    }

    [Fact]
    public void A_cancelled_wait_claims_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var wait = During(() =>
        {
            cancel.Cancel();
            Define("A");
        });
        Assert.Throws<OperationCanceledException>(() => Two.RequestWhenFree(new TaskRequest(Ann), wait, null, cancel.Token));
        Assert.Null(One.FindTask("A")!.Claim);
    }

    [Fact]
    public void What_ended_before_the_wait_has_ended_however_the_wait_ends()
    {
        Define("A", "B");
        One.Request(new TaskRequest(Ann) { Start = true, Count = 2 });
        var got = Two.CompleteAndRequestWhenFree([new CompleteRequest("A", "ann")], new TaskRequest(Ann), During(() => Define("C")));
        Assert.Equal((AgentTaskStatus.Done, "C"), (got.Completed[0].Task!.Status, got.Next!.Task!.Id));
        using var cancel = new CancellationTokenSource();
        var stopped = Two.CompleteAndRequestWhenFree([new CompleteRequest("B", "ann")], new TaskRequest(Ann), During(cancel.Cancel), null,
            cancel.Token);
        Assert.Equal(AgentTaskStatus.Done, stopped.Completed[0].Task!.Status);
        Assert.Equal((null, "The wait was cancelled."), (stopped.Next!.Task, stopped.Next.Nothing));
        var refused = Two.CompleteAndRequestWhenFree([new CompleteRequest("A", "bob")], new TaskRequest(Bob), new RequestWait());
        Assert.Null(refused.Next);
    }

    [Fact]
    public void A_request_with_an_id_gets_one_claim_after_a_wait()
    {
        var options = new CommitOptions { RequestId = "r1" };
        var first = Two.RequestWhenFree(new TaskRequest(Ann) { Start = true }, During(() => Define("A")), options).Task!;
        Define("B");
        Assert.Equal(first.Claim!.Token,
            One.RequestWhenFree(new TaskRequest(Ann) { Start = true }, new RequestWait(), options).Task!.Claim!.Token);
        One.Assign(new AssignmentRequest(["B"], "agent", "bob"));
        options = options with { RequestId = "r2" };
        var next = Complete(Two, During(() => Define("C")));
        Assert.Equal("C", next.Next!.Task!.Id);
        Define("D");
        Assert.Equal("C", Complete(One, new RequestWait()).Next!.Task!.Id);
        options = options with { RequestId = new string('r', 96) };
        Assert.Equal(RefusalCode.InvalidArgument, Thrown(() => Complete(One, new RequestWait())).Code);

        CompletionAnswer Complete(TaskBoard board, RequestWait wait) =>
            board.CompleteAndRequestWhenFree([new CompleteRequest("A", "ann")], new TaskRequest(Ann), wait, options);
    }

    // What others do as soon as it waits, once.
    private static RequestWait During(Action others)
    {
        var isFirst = true;
        return new RequestWait
        {
            OnWait = _ =>
            {
                if (isFirst)
                    others();
                isFirst = false;
            },
        };
    }
}
