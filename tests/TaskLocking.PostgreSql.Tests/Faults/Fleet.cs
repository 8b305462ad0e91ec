using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// Agents, each with a board of its own, that define tasks and take and complete what there is, while somebody makes the server fail; and
/// what has to be true afterwards: what was answered is there, once, and no task was two agents' at a time.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="address">The way that the agents take to it.</param>
/// <param name="board">The board.</param>
/// <param name="open">How an agent opens it; null: as anybody does.</param>
internal sealed class Fleet(ScratchCluster server, Func<string> address, string board, Func<string, TaskBoard>? open = null)
{
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromMinutes(1) };

    private readonly ConcurrentBag<string> _defined = [];
    private readonly ConcurrentBag<(string Task, long Token)> _claimed = [];
    private readonly ConcurrentBag<(string Task, long Token)> _completed = [];
    private readonly ConcurrentBag<string> _uncertain = [];
    private int _answers;

    /// <summary>So many answers were given so far.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>So many of them said that nobody knows.</summary>
    public int Uncertain => _uncertain.Count;

    /// <summary>Runs until the fault has been made.</summary>
    /// <param name="agents">How many.</param>
    /// <param name="fail">Makes the server fail, as often as it likes, beside them.</param>
    public void Run(int agents, Action fail)
    {
        using var over = new ManualResetEventSlim();
        Crowd.Run(agents + 1, number =>
        {
            if (number == agents)
                return () =>
                {
                    try
                    {
                        fail();
                    }
                    finally
                    {
                        over.Set();
                    }
                };
            var own = open?.Invoke(address()) ?? PostgresBoard.Open(address(), System.IO.Path.GetTempPath());
            return () =>
            {
                using (own)
                {
                    for (var round = 0; !over.IsSet; round++)
                        Work(own, "n" + number.ToString(CultureInfo.InvariantCulture), $"T-{number}-{round}");
                }
            };
        });
    }

    /// <summary>Waits until so many more answers were given: the fault comes in the middle of work.</summary>
    public void Await(int more)
    {
        var until = Answers + more;
        Assert.True(SpinWait.SpinUntil(() => Answers >= until, TimeSpan.FromMinutes(2)), "nobody is answered any more");
    }

    /// <summary>What was answered and is not there.</summary>
    public IReadOnlyList<string> Lost()
    {
        using var reader = PostgresBoard.Open(server.Address(board), System.IO.Path.GetTempPath());
        var there = reader.GetTasks().ToDictionary(task => task.Id, StringComparer.Ordinal);
        var lost = _defined.Where(id => !there.ContainsKey(id)).ToList();
        lost.AddRange(_completed.Where(done => there.GetValueOrDefault(done.Task)?.Status != AgentTaskStatus.Done)
            .Select(done => done.Task + " is not done"));
        lost.AddRange(_claimed.Where(claim => there.ContainsKey(claim.Task) && !reader.GetHistory(claim.Task)
            .Any(entry => entry.Field == "claim" && entry.NewValue?.EndsWith($"#{claim.Token}", StringComparison.Ordinal) == true))
            .Select(claim => $"{claim.Task} was never claimed by {claim.Token}"));
        return lost;
    }

    /// <summary>Looks whether all is as it has to be.</summary>
    public void Check()
    {
        Assert.Empty(Lost());
        Assert.Equal(_claimed.Count, _claimed.Select(claim => claim.Token).Distinct().Count());
        Assert.Equal(_completed.Count, _completed.Select(done => done.Task).Distinct().Count());
        // Versions without a gap, but where lines that somebody had read were lost in a crash, and are not to be met again.
        Assert.Equal(0L, server.Run("select count(*) from (select j.version - lag(j.version, 1, 0::bigint) over (order by j.version) step, "
            + $"j.line from tasklocking.journal j join tasklocking.board b on b.id = j.board where b.name = '{board}') s "
            + "where s.step <> 1 and s.line not like '%\"by\":\"tasklock\",\"op\":[]}'"));
        using var reader = PostgresBoard.Open(server.Address(board), System.IO.Path.GetTempPath());
        Assert.Equal(reader.GetTasks().Count, reader.GetTasks().Select(task => task.Id).Distinct().Count());
        // Nobody did twice what was done, unless he was told that nobody knows.
        Assert.All(reader.GetTasks().Where(task => !_uncertain.Contains(task.Id)),
            task => Assert.True(reader.GetHistory(task.Id).Count(entry => entry.Field == "claim" && entry.NewValue is not null) <= 1));
    }

    private void Work(TaskBoard own, string agent, string id)
    {
        if (Try(id, () => own.Define([new TaskDefinition(id)], Patient)[0].Refusal is null))
            _defined.Add(id);
        AgentTask? task = null;
        Try(id, () => (task = own.Request(new TaskRequest(new LeaseHolder(agent)) { Start = true }, Patient).Task) is not null);
        if (task is null)
            return;
        var claim = (task.Id, task.Claim!.Token);
        _claimed.Add(claim);
        if (Try(task.Id, () => own.Complete([new CompleteRequest(task.Id, agent) { Token = claim.Token }], Patient)[0].Refusal is null))
            _completed.Add(claim);
    }

    private bool Try(string about, Func<bool> call)
    {
        try
        {
            var isDone = call();
            Interlocked.Increment(ref _answers);
            return isDone;
        }
        catch (TaskLockingException fault) when (fault.Refusal.Code is RefusalCode.CommitUncertain)
        {
            _uncertain.Add(about);
            return false;
        }
        catch (TaskLockingException fault) when (fault.Refusal.Code is RefusalCode.StoreUnavailable or RefusalCode.LockTimeout
            or RefusalCode.DiskFull)
        {
            return false;
        }
    }
}
