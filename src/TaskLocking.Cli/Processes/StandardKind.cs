namespace TaskLocking.Cli.Processes;

/// <summary>Which of its streams a command wrote to.</summary>
internal enum StandardKind
{
    Output,
    Error,
}
