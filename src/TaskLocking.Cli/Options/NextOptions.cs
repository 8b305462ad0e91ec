using System.CommandLine;
using System.Linq;
using System.Threading;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Options;

/// <summary>Which tasks shall come next and how they are claimed: what <c>next</c> and <c>complete --next</c> share.</summary>
/// <param name="start">What <c>--start</c> does.</param>
internal sealed class NextOptions(string start)
{
    private readonly Option<string> _ttl = LeaseOptions.Ttl("4h");
    private readonly Option<string[]> _capabilities = LeaseOptions.Capabilities();
    private readonly Option<string> _swarm = new("--swarm") { Description = "Only tasks of this swarm.", HelpName = "S" };
    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "Only tasks with this label; may come several times: all of them.",
        HelpName = "T",
    };

    private readonly Option<string> _onOverlap = LeaseOptions.OnOverlap();
    private readonly Option<bool> _start = new("--start") { Description = start };

    private readonly Option<string> _wait = new("--wait")
    {
        Description = "Where nothing is free, wait for a task, at most so long: 90, 90s, 30m, 4h, 2d, or none for as long as it takes.",
        HelpName = "T",
    };

    private readonly Option<bool> _untilEmpty = new("--until-empty")
    {
        Description = "Wait (as long as it takes, or as --wait says), but no longer when none of these tasks can become ready without a "
            + "person, and say what is left.",
    };

    private Option[] All => [_ttl, _capabilities, _swarm, _tags, _onOverlap, _start, _wait, _untilEmpty];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public TaskRequest Read(CommandRun run, LeaseHolder holder) => new(holder)
    {
        Ttl = LeaseOptions.ReadTtl(run, _ttl, TaskRequest.DefaultTtl),
        Capabilities = run.Values(_capabilities) ?? [],
        Swarm = run.Value(_swarm),
        Tags = run.Values(_tags) ?? [],
        OnOverlap = LeaseOptions.ReadOverlap(run, _onOverlap),
        Start = run.Value(_start),
    };

    /// <summary>How long to wait for it; null: not at all.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public RequestWait? ReadWait(CommandRun run)
    {
        var (text, untilEmpty) = (run.Value(_wait), run.Value(_untilEmpty));
        var isTold = false;
        return text is null && !untilEmpty ? null : new RequestWait
        {
            AtMost = text?.ToLowerInvariant() is null or "none" or "infinite" ? Timeout.InfiniteTimeSpan
                : Duration.Parse(text, "--wait 30m")!.Value,
            UntilEmpty = untilEmpty,
            OnWait = _ =>
            {
                if (!isTold)
                    ClaimReport.TellWaiting(run);
                isTold = true;
            },
        };
    }

    /// <summary>Where no task shall come next, none of them means anything.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument for one that was given.</exception>
    public void RefuseAny(CommandRun run, string example)
    {
        if (All.FirstOrDefault(run.Given) is { } given)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"{given.Name} is for the next task, which --next asks for. Example: {example}");
    }
}
