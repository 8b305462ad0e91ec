using System.Linq;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.Tests.Tasks;

/// <summary>Scripts that come from the older systems match these sentences, so here the words are the contract.</summary>
public sealed class OriginWordsTests
{
    [Fact]
    public void Already_defined_tells_the_status_as_the_document_writes_it()
    {
        var draft = Scene.Draft(Scene.Task("X").Having(facts => facts with
        {
            Status = AgentTaskStatus.InProgress,
            StatusText = "In Progress"
        }));
        Assert.Equal("Task X already defined with status In Progress",
            new DefineRule([new TaskDefinition("X")]).Decide(draft)[0].Refusal!.Message);
    }

    [Fact]
    public void Already_assigned_tells_type_and_name() => Assert.Equal(
        "Task already assigned to human:Ann Lee",
        new AssignRule(new AssignmentRequest(["X"], "agent",
            "a")).Decide(Scene.Draft(Scene.Task("X").OwnedBy("Ann Lee", "human"))).Failed.Single().Refusal!.Message);

    [Fact]
    public void Not_found_tells_the_id() =>
        Assert.Equal("Task X not found",
            new AssignRule(new AssignmentRequest(["X"], "agent", "a")).Decide(Scene.Draft()).Failed.Single().Refusal!.Message);
}
