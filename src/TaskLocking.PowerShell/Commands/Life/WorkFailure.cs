namespace TaskLocking.PowerShell;

/// <summary>What counts as a failure of a block that works on a task.</summary>
public enum WorkFailure
{
    /// <summary>An error that ends the block: what it throws, or what a command in it throws.</summary>
    TerminatingError,

    /// <summary>An exit code other than 0 of the last native command or script (<c>$LASTEXITCODE</c>).</summary>
    ExitCode,

    /// <summary>Any error record, though the block went on.</summary>
    AnyError,
}
