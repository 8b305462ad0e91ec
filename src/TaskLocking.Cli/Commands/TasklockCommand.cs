using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary>A command: its grammar in the constructor, its examples for the help and for error messages, its work in one method.</summary>
internal abstract class TasklockCommand : Command
{
    protected TasklockCommand(string name, string description)
        : base(name, description) => SetAction(Run);

    /// <summary>What the help tells beyond the one sentence; may be empty.</summary>
    public virtual string Remarks => "";

    /// <summary>Command lines that are right, the plainest first.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Does the work and gives the exit code; a refusal of the whole is thrown.</summary>
    protected abstract int Execute(CommandRun run);

    private int Run(ParseResult parsed)
    {
        using var run = new CommandRun(parsed);
        int exitCode;
        try
        {
            exitCode = Execute(run);
        }
        catch (TaskLockingException refused)
        {
            run.TellNotices();
            return run.Failure.Tell(refused.Refusal);
        }
        catch
        {
            run.TellNotices();
            throw;
        }
        run.TellNotices();
        return exitCode;
    }
}
