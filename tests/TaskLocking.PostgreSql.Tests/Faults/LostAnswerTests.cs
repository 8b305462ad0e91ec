using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>Answers that get lost: what was asked for is done once, and whoever asked is told so.</summary>
public sealed class LostAnswerTests : IDisposable
{
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromMinutes(1) };

    private readonly string _board = Guid.NewGuid().ToString("N");
    private readonly string _folder = System.IO.Path.GetTempPath();
    private CuttingProxy? _proxy;

    public void Dispose() => _proxy?.Dispose();

    [Fact]
    public void A_commit_whose_answer_is_lost_is_told_as_what_it_was()
    {
        using var board = Open("commit_lines");
        board.Define([new TaskDefinition("A")]);
        for (var round = 1; round <= 20; round++)
        {
            _proxy!.Cuts = round % 3; // The second try may be lost as well.
            var outcome = board.Edit([new TaskEdit("A") { Content = $"round {round}" }], Patient)[0];
            Assert.Null(outcome.Refusal);
            Assert.Equal($"round {round}", board.FindTask("A")!.Content);
            Assert.Equal(outcome.Task!.Version, board.FindTask("A")!.Version);
        }
        Assert.Equal(21, _proxy!.Cut);
        Assert.Equal(Enumerable.Range(1, 20).Select(round => $"round {round}"),
            board.GetHistory("A").Where(entry => entry.Field == "content").Select(entry => entry.NewValue));
        Assert.Equal(21L, Journal("count(*)"));
        Assert.Equal(21L, Journal("max(version)"));
    }

    [Fact]
    public void A_claim_whose_answer_is_lost_is_the_callers()
    {
        using var board = Open("commit_lines");
        board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
        _proxy!.Cuts = 1;
        var task = board.Request(new TaskRequest(new LeaseHolder("a")) { Start = true }, Patient).Task!;
        Assert.Equal("A", task.Id);
        using var other = PostgresBoard.Open(SharedCluster.Current.Address(_board), _folder);
        Assert.Equal(task.Claim!.Token, other.FindTask("A")!.Claim!.Token);
        Assert.Equal("B", other.Request(new TaskRequest(new LeaseHolder("b")), Patient).Task!.Id);
        Assert.Null(board.Complete([new CompleteRequest("A", "a") { Token = task.Claim.Token }], Patient)[0].Refusal);
    }

    [Fact]
    public void Under_the_lock_of_the_board_it_is_the_same()
    {
        // Rules that nobody has prepared: what many want at once is decided in the turn, and ends in a commit of its own.
        using var board = Open("insert into");
        board.Define([new TaskDefinition("T-0")]);
        _proxy!.Cuts = 10;
        var tokens = new ConcurrentBag<string>();
        Crowd.Run(4, number => () =>
        {
            using var own = PostgresBoard.Open(SharedCluster.Current.Address(_board, port: _proxy.Port), _folder);
            for (var round = 0; round < 15; round++)
            {
                var id = $"T-{number}-{round}";
                Assert.Null(own.Define([new TaskDefinition(id)], Patient)[0].Refusal);
                tokens.Add(id);
            }
        });
        Assert.True(_proxy.Cuts < 10, "nobody came to the lock");
        Assert.Equal(60, tokens.Count);
        Assert.Equal(61, board.GetTasks().Count);
        Assert.Equal(61L, Journal("count(*)"));
    }

    [Fact]
    public void Where_nobody_answers_any_more_it_is_uncertain_and_says_how_to_find_it()
    {
        using var board = Open("commit_lines");
        board.Define([new TaskDefinition("A")]);
        _proxy!.Cuts = int.MaxValue;
        var refusal = Assert.Throws<TaskLockingException>(
            () => board.Edit([new TaskEdit("A") { Name = "n" }], new CommitOptions { Timeout = TimeSpan.Zero })).Refusal;
        Assert.Equal(RefusalCode.CommitUncertain, refusal.Code);
        var cid = (Guid)SharedCluster.Current.Run("select cid from tasklocking.journal j join tasklocking.board b on b.id = j.board "
            + $"where b.name = '{_board}' order by version desc limit 1")!;
        Assert.Contains(cid.ToString(), refusal.Message, StringComparison.Ordinal);
        _proxy.Cuts = 0;
        Assert.Equal("n", board.FindTask("A")!.Name);
    }

    [Fact]
    public void A_request_that_comes_through_when_its_client_has_gone_is_found_by_who_sends_it_again()
    {
        using var board = Open("commit_lines");
        board.Define([new TaskDefinition("A")]);
        _proxy!.GoOn.Reset();
        var edit = new Thread(() => board.Edit([new TaskEdit("A") { Name = "n" }], Patient));
        edit.Start();
        Assert.True(_proxy.Kept.Wait(TimeSpan.FromMinutes(1)));
        _proxy.CutAll();
        Assert.True(_proxy.Kept.Wait(TimeSpan.FromMinutes(1)), "it was not sent again");
        _proxy.GoOn.Set();
        Assert.True(edit.Join(TimeSpan.FromMinutes(1)));
        Assert.Equal("n", board.FindTask("A")!.Name);
        Assert.Equal(2L, Journal("count(*)"));
    }

    private TaskBoard Open(string mark)
    {
        _ = SharedCluster.Current.Address(_board);
        _proxy = new CuttingProxy(SharedCluster.Current.Port, mark);
        return PostgresBoard.Open(SharedCluster.Current.Address(_board, port: _proxy.Port), _folder);
    }

    private object? Journal(string what) => SharedCluster.Current.Run(
        $"select {what} from tasklocking.journal j join tasklocking.board b on b.id = j.board where b.name = '{_board}'");
}
