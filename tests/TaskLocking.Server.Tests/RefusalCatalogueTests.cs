using System;
using System.Text.RegularExpressions;
using TaskLocking.Server;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>Every refusal has its status and its advice.</summary>
public sealed partial class RefusalCatalogueTests
{
    [Fact]
    public void No_code_is_missing() =>
        Assert.All(Enum.GetValues<RefusalCode>(), code => Assert.True(RefusalCatalogue.Find(code) is not null, code.ToString()));

    [Theory]
    [InlineData(RefusalCode.TaskNotFound, 404)]
    [InlineData(RefusalCode.TaskAlreadyAssigned, 409)]
    [InlineData(RefusalCode.TaskAlreadyDefined, 409)]
    [InlineData(RefusalCode.FileLocked, 409)]
    [InlineData(RefusalCode.LeaseLost, 412)]
    [InlineData(RefusalCode.VersionChanged, 412)]
    [InlineData(RefusalCode.TaskNotReady, 422)]
    [InlineData(RefusalCode.LockTimeout, 503)]
    [InlineData(RefusalCode.StateCorrupt, 500)]
    [InlineData(RefusalCode.CommitUncertain, 500)]
    public void Statuses_are_as_they_were_agreed(RefusalCode code, int status) =>
        Assert.Equal(status, RefusalCatalogue.Of(code).Status);

    [Fact]
    public void What_cannot_be_at_the_same_exit_code_is_of_the_same_kind() =>
        Assert.All(Enum.GetValues<RefusalCode>(), code => Assert.True(RefusalTable.ExitCode(code) switch
        {
            2 => RefusalCatalogue.Of(code).Status == 400,
            3 => RefusalCatalogue.Of(code).Status == 409,
            4 => RefusalCatalogue.Of(code).Status == 404,
            6 => RefusalCatalogue.Of(code).Status == 422,
            8 => RefusalCatalogue.Of(code).Status == 412,
            9 or 11 => RefusalCatalogue.Of(code).Status == 500,
            5 or 10 => RefusalCatalogue.Of(code).Status is 503 or 507,
            _ => RefusalCatalogue.Of(code).Status is 403 or 409,
        }, code.ToString()));

    [Fact]
    public void No_advice_tells_how_to_destroy() =>
        Assert.All(Enum.GetValues<RefusalCode>(), code => Assert.DoesNotMatch(Destructive(), RefusalCatalogue.Of(code).Next));

    [GeneratedRegex(
        @"\b(rm|remove|delete|force|overwrite|reset|kill|unassign|clean)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Destructive();
}
