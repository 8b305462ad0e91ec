using System.Collections.Generic;
using System.Linq;
using TaskLocking.Rules;

namespace TaskLocking.Tests.Tasks;

/// <summary>One random request, for the rules and for the model; each verb uses what it knows.</summary>
internal sealed record VerbAct(string Verb, string[] Ids, string[] Dependencies, string Who, AgentTaskStatus Status, bool SkipConflict,
    bool Force)
{
    public override string ToString() =>
        $"{Verb} {string.Join(",", Ids)} [{string.Join(",", Dependencies)}] {Who} " +
            $"{Status}{(SkipConflict ? " skip" : "")}{(Force ? " force" : "")}";

    /// <summary>Asks the rules, and writes the answer as the model does.</summary>
    public string Run(TaskDraft draft) => Verb switch
    {
        "define" => Each(new DefineRule([.. Ids.Select(id => new TaskDefinition(id) { Dependencies = Dependencies })]).Decide(draft)),
        "edit" =>
            Each(new EditRule([.. Ids.Select(id => new TaskEdit(id) { Dependencies = Dependencies, Status = Status })]).Decide(draft)),
        "remove" => Each(new RemoveRule([.. Ids.Select(id => new TaskRemoval(id, Force))]).Decide(draft)),
        "assign" =>
            Batch(new AssignRule(new AssignmentRequest(Ids, "agent", Who) { SkipConflict = SkipConflict, Force = Force }).Decide(draft)),
        _ => Batch(new UnassignRule(new UnassignmentRequest(Ids) { From = Who, SkipConflict = SkipConflict, Force = Force }).Decide(draft)),
    };

    private static string Each(IEnumerable<TaskOutcome> outcomes) => string.Join(" ", outcomes.Select(Word));

    private static string Batch(AssignmentResult result) =>
        $"{result.Success}: {string.Join(" ", result.Assigned.Concat(result.Failed).OrderBy(outcome => outcome.Id).Select(Word))}";

    private static string Word(TaskOutcome outcome) =>
        $"{outcome.Id}={outcome.Code()?.ToString() ?? (outcome.Changed ? "Changed" : "Same")}";
}
