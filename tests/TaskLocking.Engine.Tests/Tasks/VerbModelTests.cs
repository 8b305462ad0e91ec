using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace TaskLocking.Tests.Tasks;

public sealed class VerbModelTests
{
    private static readonly string[] Ids = ["T1", "T2", "T3", "T4", "T5", "../x"];

    /// <summary>A failure prints the shortest sequence found and the seed, which <c>WithReplay</c> takes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_sequences_of_verbs_answer_and_end_as_the_model_says(bool hasGraph) =>
        Prop.ForAll(Arb.Array(Arb.From(Acts())),
            acts => Agrees(acts, hasGraph)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(50));

    private static Gen<VerbAct> Acts() =>
        from verb in Gen.Elements("define", "define", "define", "edit", "remove", "assign", "assign", "unassign")
        from ids in Gen.NonEmptyListOf(Gen.Elements(Ids)).Resize(4)
        from dependencies in Gen.SubListOf(Ids).Resize(2)
        from who in Gen.Elements("a", "b", "c")
        from status in Gen.Elements(AgentTaskStatus.Todo, AgentTaskStatus.InProgress, AgentTaskStatus.Done)
        from flags in Gen.Choose(0, 15)
        select new VerbAct(verb, [.. ids], [.. dependencies.Take(flags % 3)], who, status, (flags & 4) != 0, (flags & 8) != 0);

    private static Property Agrees(VerbAct[] acts, bool hasGraph)
    {
        var draft = Scene.Draft();
        if (hasGraph)
            _ = draft.Graph;
        var model = new VerbModel();
        foreach (var act in acts)
        {
            var (expected, found) = (model.Run(act), act.Run(draft));
            if (expected != found)
                return false.Label($"{act}: the model answers '{expected}', the rule '{found}'");
            if (model.Show() != VerbModel.Show(draft.Tasks))
                return false.Label($"{act}: the model has '{model.Show()}', the draft '{VerbModel.Show(draft.Tasks)}'");
        }
        var written = VerbModel.Show(draft.Tasks.Select(task => Scene.FromJson(task.ToJson(), task.Id)));
        return (model.Show() == written).Label($"the model has '{model.Show()}', the todos '{written}'");
    }
}
