using System;
using System.IO;
using System.Threading;
using TaskLocking.Board;

namespace TaskLocking.Stress;

/// <summary>
/// One agent of a fleet: asks for a task, starts it, works, completes it or reports its failure, until there is a file <c>stop</c> in the
/// workspace. The claims name this process. What a task does its tags say: <c>poison</c> fails always, <c>flaky</c> at the first attempt,
/// <c>slow</c> takes longer than a second. Logs each answer before the next request: <c>claimed</c>, <c>started</c>, <c>done</c>,
/// <c>failed</c>, <c>refused</c>.
/// </summary>
internal sealed class DrainCommand : IDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SlowTime = TimeSpan.FromMilliseconds(1300);

    private readonly TaskBoard _board;
    private readonly AgentLog _log;
    private readonly LeaseHolder _self;
    private readonly CommitOptions _options;

    private DrainCommand(string workspace, string agent)
    {
        _board = TaskBoard.Open(workspace);
        _log = new AgentLog(workspace, agent);
        _self = new LeaseHolder(agent)
        {
            Host = Environment.MachineName,
            Pid = Environment.ProcessId,
            ProcessStart = ProcessLiveness.StartOf(Environment.ProcessId),
        };
        _options = new CommitOptions { Timeout = TimeSpan.FromMinutes(5), By = agent };
    }

    public static int Run(string workspace, string agent, string[] capabilities)
    {
        using var drain = new DrainCommand(workspace, agent);
        drain._board.FindTask("");
        Gate.Wait();
        var request = new TaskRequest(drain._self) { Capabilities = capabilities };
        var stop = Path.Combine(workspace, "stop");
        // An agent whose test is gone has nobody to stop it.
        _ = System.Threading.Tasks.Task.Run(() => { _ = Console.In.Read(); Environment.Exit(0); });
        while (!File.Exists(stop))
        {
            if (drain._board.Request(request, drain._options).Task is { } task)
                drain.Do(task, capabilities);
            else
                Thread.Sleep(IdleTime);
        }
        return 0;
    }

    private void Do(AgentTask task, string[] capabilities)
    {
        var (id, token) = (task.Id, task.Claim!.Token);
        _log.Line("claimed", id, token);
        var started = _board.Start([new StartRequest(id, _self) { Token = token, Capabilities = capabilities }], _options)[0];
        if (!Tell("started", token, started))
            return;
        var attempt = started.Task!.Attempt;
        if (Has(task, "slow"))
            Thread.Sleep(SlowTime);
        if (Has(task, "poison") || (Has(task, "flaky") && attempt == 1))
            Tell("failed", token,
                _board.Fail([new FailRequest(id, _self.Agent, $"attempt {attempt} went wrong") { Token = token }], _options)[0]);
        else
            Tell("done", token, _board.Complete([new CompleteRequest(id, _self.Agent) { Token = token }], _options)[0]);
    }

    private bool Tell(string what, long token, TaskOutcome outcome)
    {
        if (outcome.Refusal is { } refusal)
            _log.Line("refused", outcome.Id, token, $"{what} {refusal.Code} {refusal.Agent}");
        else
            _log.Line(what, outcome.Id, token);
        return outcome.Refusal is null;
    }

    private static bool Has(AgentTask task, string tag)
    {
        foreach (var each in task.Tags)
        {
            if (each == tag)
                return true;
        }
        return false;
    }

    public void Dispose()
    {
        _log.Dispose();
        _board.Dispose();
    }
}
