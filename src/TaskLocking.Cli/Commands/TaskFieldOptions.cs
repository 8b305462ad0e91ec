using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Running;
using TaskLocking.Tasks;

namespace TaskLocking.Cli.Commands;

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
        Tags = run.Values(_tags) ?? [],
        Dependencies = run.Values(_dependsOn) ?? [],
        Requires = run.Values(_requires) ?? [],
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
        Tags = run.Values(_tags),
        Dependencies = run.Values(_dependsOn),
        Requires = run.Values(_requires),
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

    private TaskPriority? Priority(CommandRun run) => run.Value(_priority) is { } word ? Words.Priority(word) : null;

    private Option[] All() => [_name, _priority, _content, _agent, _taskFile, _swarm, _tags, _dependsOn, _requires];
}
