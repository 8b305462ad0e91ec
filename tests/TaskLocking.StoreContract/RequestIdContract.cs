using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>A request that names itself is done once and answered alike, however often it is sent and wherever from.</summary>
public abstract class RequestIdContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly LeaseHolder Ann = new("ann");

    private bool _wasReplayed;

    [Fact]
    public void A_claim_that_is_asked_for_again_is_the_same_claim()
    {
        Define("A", "B", "C");
        var first = One.Request(new TaskRequest(Ann) { Count = 2 }, Named("r1"));
        Assert.False(_wasReplayed);
        var version = One.GetVersion();
        var again = Two.Request(new TaskRequest(Ann) { Count = 2 }, Named("r1"));
        Assert.True(_wasReplayed);
        Assert.Equal(["A", "B"], again.Claimed.Select(outcome => outcome.Id));
        Assert.Equal(Tokens(first), Tokens(again));
        Assert.Equal(version, Two.GetVersion());
        Assert.Equal("C", One.Request(new TaskRequest(Ann) { Count = 2 }, Named("r2")).Task!.Id);
    }

    [Fact]
    public void Each_verb_is_done_once()
    {
        Twice("define", board => board.Define([new TaskDefinition("A") { MaxAttempt = 2 }, new TaskDefinition("A")], Named("define")));
        Twice("edit", board => board.Edit([new TaskEdit("A") { Content = "text" }], Named("edit")));
        Define("B");
        Twice("depend", board => board.AddDependencies([new DependencyEdit("B", ["A"])], Named("depend")));
        Twice("undepend", board => board.RemoveDependencies([new DependencyEdit("B", ["A"])], Named("undepend")));
        Twice("assign", board => board.Assign(new AssignmentRequest(["A", "none"], "agent", "ann") { SkipConflict = true },
            Named("assign")).Assigned);
        Twice("unassign", board => board.Unassign(new UnassignmentRequest(["A"]) { From = "ann" }, Named("unassign")).Assigned);
        Twice("request", board => board.Request(new TaskRequest(Ann), Named("request")).Claimed);
        Twice("start", board => board.Start([new StartRequest("A", Ann)], Named("start")));
        Place.Clock.Move(TimeSpan.FromSeconds(1));
        Twice("renew", board => board.Renew([new RenewRequest("A", "ann")], Named("renew")));
        Twice("fail", board => board.Fail([new FailRequest("A", "ann", "r")], Named("fail")));
        Twice("restart", board => board.Restart([new RestartRequest("A")], Named("restart")));
        Twice("next", board => board.Request(new TaskRequest(Ann) { Start = true }, Named("next")).Claimed);
        Twice("complete", board =>
        {
            var answer = board.CompleteAndRequest([new CompleteRequest("A", "ann")], new TaskRequest(Ann), Named("complete"));
            return [.. answer.Completed, .. answer.Next!.Claimed];
        });
        Assert.Equal(1, One.GetHistory("A").Count(entry => entry is { Field: "status", NewValue: "Done" }));
        Assert.Equal(1, One.GetHistory("A").Count(entry => entry is { Field: "failure", NewValue: "r" }));

        void Twice(string verb, Func<TaskBoard, IReadOnlyList<TaskOutcome>> send)
        {
            var (first, before) = (send(One), One.GetVersion());
            Assert.False(_wasReplayed, verb);
            var again = send(Two);
            Assert.True(_wasReplayed, verb);
            Assert.Equal(before, Two.GetVersion());
            Assert.Equal(Picture(first), Picture(again));
        }
    }

    [Fact]
    public void The_id_of_another_request_is_refused()
    {
        Define("A", "B");
        One.Request(new TaskRequest(Ann), Named("r"));
        var version = One.GetVersion();
        var refused = Thrown(() => Two.Request(new TaskRequest(new LeaseHolder("bob")), Named("r")));
        Assert.Equal(RefusalCode.RequestIdReused, refused.Code);
        Assert.Equal(RefusalCode.RequestIdReused, Thrown(() => Two.Edit([new TaskEdit("A") { Name = "x" }], Named("r"))).Code);
        Assert.Equal(version, Two.GetVersion());
        // From which process it comes again does not matter.
        var other = new LeaseHolder("ann") { Pid = 7, Host = "there", ProcessStart = "s" };
        Assert.Equal("A", Two.Request(new TaskRequest(other), Named("r")).Task!.Id);
    }

    [Fact]
    public void A_claim_that_has_ended_since_is_not_given_again()
    {
        Define("A", "B");
        var task = One.Request(new TaskRequest(Ann), Named("r")).Task!;
        One.GiveBack([new GiveBackRequest("A", "ann", task.Claim!.Token)]);
        var lost = Thrown(() => Two.Request(new TaskRequest(Ann), Named("r")));
        Assert.Equal((RefusalCode.LeaseLost, task.Claim.Token), (lost.Code, lost.ExpectedToken));
        Assert.Null(Two.FindTask("A")!.Claim);
    }

    [Fact]
    public void What_changed_nothing_is_not_remembered()
    {
        Assert.Null(One.Request(new TaskRequest(Ann), Named("r")).Task);
        Define("A");
        Assert.Equal("A", Two.Request(new TaskRequest(Ann), Named("r")).Task!.Id);
        Assert.False(_wasReplayed);
    }

    [Fact]
    public void It_is_remembered_for_a_day()
    {
        Define("A");
        One.Edit([new TaskEdit("A") { Content = "1" }], Named("r"));
        Place.Clock.Move(TimeSpan.FromHours(23));
        Two.Edit([new TaskEdit("A") { Content = "2" }]);
        One.Edit([new TaskEdit("A") { Content = "1" }], Named("r"));
        Assert.Equal("2", Two.FindTask("A")!.Content);
        Place.Clock.Move(TimeSpan.FromHours(2));
        One.Edit([new TaskEdit("A") { Content = "1" }], Named("r"));
        Assert.Equal("1", Two.FindTask("A")!.Content);
    }

    [Fact]
    public void Of_many_who_send_the_same_at_once_one_is_served_and_all_are_answered_alike()
    {
        const int Senders = 6;
        Define("A", "B", "C");
        var tokens = new long[Senders];
        Crowd.Run(Senders, number =>
        {
            var board = Place.OpenBoard();
            return () =>
            {
                using (board)
                    tokens[number] = board.Request(new TaskRequest(Ann), new CommitOptions { RequestId = "r" }).Task!.Claim!.Token;
            };
        });
        Assert.Single(tokens.Distinct());
        Assert.Single(One.GetTasks(), task => task.Claim is not null);
    }

    [Fact]
    public void An_id_that_cannot_be_one_and_a_verb_that_takes_none_are_refused()
    {
        Define("A");
        foreach (var id in new[] { "", "a\n", new string('x', 101) })
            Assert.Equal(RefusalCode.InvalidArgument, Thrown(() => One.Edit([new TaskEdit("A") { Name = "n" }], Named(id))).Code);
        Assert.Equal(RefusalCode.InvalidArgument, Thrown(() => One.Remove([new TaskRemoval("A")], Named("r"))).Code);
        Assert.NotNull(Two.FindTask("A"));
    }

    private CommitOptions Named(string id) => new() { RequestId = id, OnCommitted = report => _wasReplayed = report.Replayed };

    private static List<long> Tokens(TaskRequestAnswer answer) => answer.Claimed.Select(outcome => outcome.Task!.Claim!.Token).ToList();

    private static List<string> Picture(IEnumerable<TaskOutcome> outcomes) => outcomes
        .Select(outcome => $"{outcome.Id} {outcome.Changed} {Plain(outcome.Task)} {outcome.Refusal?.Code} {outcome.Refusal?.Message}")
        .ToList();

    // In which order its members stand, and with what between them, is the document's.
    private static string? Plain(AgentTask? task) => task is null ? null
        : $"{task.Status} {task.Assignee} {task.Claim?.Token} {task.Claim?.Expires:O} {task.Attempt} {task.Dependencies} {task.Content} "
            + $"{task.Failure?.Reason} {task.Version}";
}
