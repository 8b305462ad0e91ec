using TaskLocking.Tasks;

namespace TaskLocking.Cli.Output;

/// <summary>What the verbs of a task's life did, in sentences for a person, and the life itself as the help draws it.</summary>
internal static class LifeText
{
    public const string Help = "";

    public static string Started(TaskOutcome outcome) =>
        $"Task {outcome.Id} {(outcome.Changed ? "started" : "runs already")}{LeaseText.Behind(outcome.Task!)}";

    public static string Completed(TaskOutcome outcome) => outcome.Task!.Status == AgentTaskStatus.Review
        ? $"Task {outcome.Id} waits for a person in Review"
        : $"Task {outcome.Id} {(outcome.Changed ? "done" : "is done already")}";

    public static string Failed(TaskOutcome outcome)
    {
        var task = outcome.Task!;
        return task.Status == AgentTaskStatus.Failed
            ? $"Task {outcome.Id} failed for good"
            : $"Task {outcome.Id} failed; attempt {task.Attempt + 1} of {task.MaxAttempt} not before {TaskText.Time(task.NotBefore)}";
    }

    public static string Renewed(TaskOutcome outcome) => $"Task {outcome.Id} renewed{LeaseText.Behind(outcome.Task!)}";
}
