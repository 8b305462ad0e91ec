using System;
using System.Linq;
using System.Reflection;
using Xunit;

namespace TaskLocking.Tests.Values;

public sealed class OutputTypeTests
{
    public static TheoryData<Type> Outputs => [.. OutputTypes.All];

    public static TheoryData<Type> Shared => [.. OutputTypes.Shared];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void What_is_handed_out_has_no_public_setter_and_no_public_field(Type type)
    {
        Assert.Empty(type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            .Where(property => property.SetMethod is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true })
                .Select(property => property.Name));
        Assert.Empty(type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            .Where(field => !field.IsInitOnly && !field.IsLiteral).Select(field => field.Name));
    }

    // Reflection calls a setter that is not public as well.
    [Theory]
    [MemberData(nameof(Shared))]
    public void What_the_store_shares_has_no_setter_at_all(Type type) =>
        Assert.Empty(type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)
            .Select(property => property.Name));

    [Fact]
    public void The_types_that_matter_are_among_them()
    {
        Assert.Superset(new[] { "AgentTask", "TaskClaim", "Assignee", "TaskFailure", "TaskBlock", "AgentProfile",
            "FileLease" }.ToHashSet(), OutputTypes.Shared.Select(type => type.Name).ToHashSet());
        Assert.Superset(new[] { "TaskOutcome", "Refusal", "LockHolder", "StressReport", "TopicDirectory", "WorkspaceCheckItem", "LockWait",
            "LockTimes", "CommitReport", "StoreNotice", "TaskHold" }.ToHashSet(),
            OutputTypes.All.Select(type => type.Name).ToHashSet());
        Assert.DoesNotContain("TaskDefinition", OutputTypes.All.Select(type => type.Name));
    }
}
