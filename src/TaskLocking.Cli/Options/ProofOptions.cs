using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Running;
using TaskLocking.Model;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Options;

/// <summary>By what a command may end a claim that holds, beside force: what the caller knows of it, and who he is.</summary>
internal sealed class ProofOptions
{
    private readonly Option<string[]> _tokens = new("--token")
    {
        Description = "The token of the claim that is ended; for several tasks one for each, in any order. A task whose claim has none of "
            + "them is refused (exit code 8).",
        HelpName = "N",
    };
    private readonly Option<string> _pid = LeaseOptions.Worker();

    public void AddTo(Command command)
    {
        command.Add(_tokens);
        command.Add(_pid);
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public ClaimProof Read(CommandRun run, string? by, bool force) => new()
    {
        Tokens = (run.Values(_tokens) ?? []).Select(WholeNumber.Token).ToList(),
        Agent = by ?? EnvironmentText.Variable(LeaseOptions.AgentVariable),
        Callers = WorkingProcess.Callers(run.Value(_pid)),
        Force = force,
    };
}
