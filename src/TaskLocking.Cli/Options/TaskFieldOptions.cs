using System;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Options;

/// <summary>The options for the fields of a task that <c>task new</c> and <c>task set</c> share.</summary>
internal sealed class TaskFieldOptions
{
    private readonly Option<string> _name = new("--name") { Description = "A line for people.", HelpName = "N" };
    private readonly Option<string> _priority = new("--priority") { Description = "low, medium, high or critical.", HelpName = "P" };
    private readonly Option<string> _content = new("--content") { Description = "The text of the task.", HelpName = "TEXT" };
    private readonly Option<string> _agent = new("--agent")
    {
        Description = "The agent that it is meant for; not an assignment.",
        HelpName = "A",
    };
    private readonly Option<string> _taskFile = new("--task-file") { Description = "The file that describes the work.", HelpName = "F" };
    private readonly Option<string> _swarm = new("--swarm") { Description = "The swarm that it belongs to.", HelpName = "S" };
    private readonly Option<string> _parent = new("--parent")
    {
        Description = "The task that it is a part of, which is done when its children are; none: of none.",
        HelpName = "ID",
    };
    private readonly Option<string[]> _tags = new("--tag") { Description = "A label; may come several times.", HelpName = "T" };
    private readonly Option<string[]> _dependsOn = new("--depends-on")
    {
        Description = "A task that must be done before; may come several times.",
        HelpName = "ID",
    };
    private readonly Option<string[]> _requires = new("--requires")
    {
        Description = "A capability that an agent must have; may come several times.",
        HelpName = "CAP",
    };
    private readonly Option<string[]> _allow = new("--allow")
    {
        Description = "An agent that may take it, if not everybody may; may come several times.",
        HelpName = "A",
    };
    private readonly Option<string[]> _files = new("--file")
    {
        Description = "A path or pattern that it will touch, relative to the current folder; taken with the claim. May come several times.",
        HelpName = "PATH",
    };
    private readonly Option<string> _maxAttempt = new("--max-attempt")
    {
        Description = "How many times it may be started before a failure is final, 1 to 100. Default: 1.",
        HelpName = "N",
    };
    private readonly Option<string> _retryDelay = new("--retry-delay")
    {
        Description = "The wait before the second attempt, which each later one doubles: 90s, 30m, 4h, 2d. Default: 30s.",
        HelpName = "T",
    };
    private readonly Option<string> _timeLimit = new("--time-limit")
    {
        Description = "How long an attempt may run before it fails: 90s, 30m, 4h, 2d. Default: as long as it takes.",
        HelpName = "T",
    };
    private const string NotBeforeExample = "--not-before 2030-01-31T06:00:00Z or --not-before +30m";

    private readonly Option<string> _notBefore = new("--not-before")
    {
        Description = "Not to be started before this time: 2030-01-31T06:00:00Z, +30m from now, or without an offset in the time of " +
            "this place.",
        HelpName = "TIME",
    };
    private readonly Option<bool> _needsReview = new("--needs-review") { Description = "A person has to approve it before it is Done." };

    public void AddTo(Command command)
    {
        foreach (var option in All())
            command.Add(option);
    }

    public TaskDefinition Definition(CommandRun run, string id) => new(id)
    {
        Name = run.Value(_name),
        Priority = Priority(run) ?? TaskPriority.Medium,
        Content = run.Value(_content),
        Agent = run.Value(_agent),
        TaskFile = run.Value(_taskFile),
        Swarm = run.Value(_swarm),
        Parent = Words.Parent(run.Value(_parent)),
        Tags = run.Values(_tags) ?? [],
        Dependencies = run.Values(_dependsOn) ?? [],
        Requires = run.Values(_requires) ?? [],
        AllowedAgents = run.Values(_allow) ?? [],
        Files = Files(run) ?? [],
        MaxAttempt = MaxAttempt(run) ?? 1,
        RetryDelay = RetryDelay(run),
        TimeLimit = TimeLimit(run),
        NotBefore = Moment.Parse(run.Value(_notBefore), NotBeforeExample),
        NeedsReview = run.Value(_needsReview),
    };

    /// <summary>Only what was given is changed.</summary>
    public TaskEdit Edit(CommandRun run, string id) => new(id)
    {
        Name = run.Value(_name),
        Priority = Priority(run),
        Content = run.Value(_content),
        Agent = run.Value(_agent),
        TaskFile = run.Value(_taskFile),
        Swarm = run.Value(_swarm),
        Parent = Words.Parent(run.Value(_parent)),
        Tags = run.Values(_tags),
        Dependencies = run.Values(_dependsOn),
        Requires = run.Values(_requires),
        AllowedAgents = run.Values(_allow),
        Files = Files(run),
        MaxAttempt = MaxAttempt(run),
        RetryDelay = RetryDelay(run),
        TimeLimit = TimeLimit(run),
        NotBefore = Moment.Parse(run.Value(_notBefore), NotBeforeExample),
        NeedsReview = run.Given(_needsReview) ? run.Value(_needsReview) : null,
    };

    public bool AnyGiven(CommandRun run)
    {
        foreach (var option in All())
        {
            if (run.Given(option))
                return true;
        }
        return false;
    }

    private string[]? Files(CommandRun run) => run.Values(_files) is { } files ? Array.ConvertAll(files, CommandRun.FromHere) : null;

    private TaskPriority? Priority(CommandRun run) => run.Value(_priority) is { } word ? Words.Priority(word) : null;

    private int? MaxAttempt(CommandRun run) => WholeNumber.Parse(run.Value(_maxAttempt), "--max-attempt 3");

    private TimeSpan? RetryDelay(CommandRun run) => Duration.Parse(run.Value(_retryDelay), "--retry-delay 30s");

    private TimeSpan? TimeLimit(CommandRun run) => Duration.Parse(run.Value(_timeLimit), "--time-limit 2h");

    private Option[] All() =>
    [
        _name, _priority, _content, _agent, _taskFile, _swarm, _parent, _tags, _dependsOn, _requires,
        _allow, _files, _maxAttempt, _retryDelay, _timeLimit, _notBefore, _needsReview,
    ];
}
