using System;
using System.CommandLine;
using TaskLocking.Cli.Running;
using TaskLocking.Model;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Options;

/// <summary>Which tasks a worker takes, how many, and when it ends.</summary>
internal sealed class WorkOptions
{
    private const int MostAtATime = 64;

    private readonly Option<string> _agent = LeaseOptions.Agent();
    private readonly Option<string> _type = LeaseOptions.Type();
    private readonly Option<string> _ttl = LeaseOptions.Ttl("10m, and renewed at a third of it");
    private readonly Option<string[]> _capabilities = LeaseOptions.Capabilities();
    private readonly Option<string> _swarm = new("--swarm") { Description = "Only tasks of this swarm.", HelpName = "S" };
    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "Only tasks with this label; may come several times: all of them.",
        HelpName = "T",
    };

    private readonly Option<string> _onOverlap = LeaseOptions.OnOverlap();
    private readonly Option<bool> _untilEmpty = new("--until-empty")
    {
        Description = "End when none of these tasks can become ready without a person, and say what is left. Else it waits for more.",
    };

    private readonly Option<bool> _once = new("--once") { Description = "End after one task." };
    private readonly Option<string> _count = new("--count") { Description = "End after so many tasks.", HelpName = "N" };
    private readonly Option<string> _idle = new("--idle-timeout")
    {
        Description = "End after so long without anything to do: 90, 90s, 30m, 4h, 2d; 0 when nothing is ready.",
        HelpName = "T",
    };

    private readonly Option<string> _parallel = new("--parallel")
    {
        Description = $"So many tasks at a time, 1 to {MostAtATime}. Default: 1.",
        HelpName = "N",
    };

    private readonly Option<string> _stop = new("--stop-time")
    {
        Description = "How long a command that is asked to end (TERM) may take before it is killed, 0 to 1h. Default: 5s.",
        HelpName = "T",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _agent, _type, _ttl, _capabilities, _swarm, _tags, _onOverlap, _untilEmpty, _once, _count,
            _idle, _parallel, _stop })
            command.Add(option);
    }

    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public WorkRequest Read(CommandRun run, string example)
    {
        var count = WholeNumber.Parse(run.Value(_count), "--count 3");
        if (run.Value(_once) && count is not null)
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"--once and --count say two things. Give one. Example: {example}");
        var agent = LeaseOptions.NeedAgent(run, _agent, example);
        var pid = Environment.ProcessId;
        return new WorkRequest(new LeaseHolder(agent)
        {
            Host = Environment.MachineName,
            Pid = pid,
            ProcessStart = ProcessLiveness.StartOf(pid),
            Type = run.Value(_type),
            Callers = [pid],
        })
        {
            Ttl = LeaseOptions.ReadTtl(run, _ttl, WorkRequest.DefaultTtl),
            Capabilities = run.Values(_capabilities) ?? [],
            Swarm = run.Value(_swarm),
            Tags = run.Values(_tags) ?? [],
            OnOverlap = LeaseOptions.ReadOverlap(run, _onOverlap),
            UntilEmpty = run.Value(_untilEmpty),
            Count = run.Value(_once) ? 1 : count,
            IdleTimeout = Duration.Parse(run.Value(_idle), "--idle-timeout 10m"),
            StopTime = Duration.Parse(run.Value(_stop), "--stop-time 10s") ?? WorkRequest.DefaultStopTime,
        };
    }

    /// <summary>How many tasks at a time.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public int Parallel(CommandRun run) => WholeNumber.Parse(run.Value(_parallel), "--parallel 4") switch
    {
        null => 1,
        >= 1 and <= MostAtATime and var number => number,
        var number => throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"{number} tasks cannot be worked on at a time. Give 1 to {MostAtATime}, for example --parallel 4."),
    };
}
