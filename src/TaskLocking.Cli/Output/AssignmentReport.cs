using System.Collections.Generic;
using System.Linq;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>The answer of <c>assign</c> and <c>unassign</c>, in the origins' JSON.</summary>
/// <param name="run">Where to.</param>
/// <param name="deed">"assigned" or "unassigned".</param>
internal sealed class AssignmentReport(CommandRun run, string deed)
{
    /// <summary>One named task: an object with who has it now and who had it.</summary>
    public int WriteOne(AssignmentResult result, long milliseconds)
    {
        if (result.Failed.Count > 0)
            return run.Failure.Tell(OutcomeReport.Refusals(result.Failed), deed);
        var outcome = result.Assigned[0];
        if (!run.Json)
            StandardOutput.Line(Sentence(outcome));
        else
            StandardOutput.Json(writer => AssignmentJson.Write(writer, outcome, milliseconds));
        return 0;
    }

    /// <summary>
    /// A batch: what was done, what was refused and why. A batch that was refused as a whole is told on standard error alone.
    /// </summary>
    public int WriteBatch(AssignmentResult result)
    {
        var refusals = OutcomeReport.Refusals(result.Failed);
        if (!run.Json)
        {
            if (result.Success)
                StandardOutput.Lines(result.Assigned.Select(Sentence));
            run.Failure.Tell(refusals);
            return result.Success ? 0 : RefusalTable.ExitCode(First(refusals).Code);
        }
        if (result.Success)
        {
            StandardOutput.Json(writer => AssignmentJson.Write(writer, result, deed, refusal: null));
            return 0;
        }
        StandardError.Json(writer => AssignmentJson.Write(writer, result, deed, First(refusals)));
        return RefusalTable.ExitCode(First(refusals).Code);
    }

    // What fell only with the batch says less than what made it fall.
    private static Refusal First(IReadOnlyList<Refusal> refusals) =>
        refusals.FirstOrDefault(refusal => refusal.Code != RefusalCode.BatchRefused) ?? refusals[0];

    private string Sentence(TaskOutcome outcome) => outcome.Task!.Assignee is { } assignee
        ? $"Task {outcome.Id} {(outcome.Changed ? "assigned" : "already assigned")} to {assignee}"
        : $"Task {outcome.Id} {deed}{From(outcome.Previous)}";

    // Who had it is not remembered of a request that was served before.
    private static string From(AgentTask? before) =>
        before is null ? "" : before.Assignee is { } previous ? $" from {previous}" : ": nobody had it";
}
