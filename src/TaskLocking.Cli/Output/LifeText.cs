namespace TaskLocking.Cli.Output;

/// <summary>
/// What the verbs of a task's life did, in sentences for a person, and the life itself as the help draws it. The table of the moves is
/// the engine's; a test compares the two.
/// </summary>
internal static class LifeText
{
    /// <summary>Ends with a blank line.</summary>
    public const string Help = """
        The life of a task:

                         fail (attempts left), retry --force, holder lost
                 .-----------------------------------------------------.
                 v                                                     |
        Blocked  Todo --next--> Todo, claimed --start--> In Progress --+--complete--> Done
           ^ |   ^ |  ^                                       |        |                ^
           | '---' |  |                           fail (last) |        | for review     | complete
           '-------'  |                                       v        v                | --type human
                      '--------------- retry -------------- Failed   Review ------------'

          next       Todo -> Todo, with a claim and its token
          start      Todo -> In Progress
          complete   In Progress -> Done; In Progress -> Review where a person has to approve; Review -> Done with --type human alone
          fail       In Progress -> Todo while attempts are left, else In Progress -> Failed
          reject     Review -> Todo, with the reason; attempts stay counted ('task reject')
          retry      Failed -> Todo; Blocked -> Todo if it was set by hand; Cancelled -> Todo; Todo -> Todo, to forget strikes;
                     --force: from everywhere
          by itself  a holder died or fell silent: In Progress -> Todo, Todo -> Todo without the claim
          by itself  the third time: In Progress -> Failed, Todo -> Failed
          by itself  a dependency failed: Todo -> Blocked; it is tried again: Blocked -> Todo
          by hand    'task set --status': from everywhere to everywhere, but not to Done where a review is needed


        """;

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
