using System;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests;

public sealed class RefusalTableTests
{
    [Fact]
    public void Every_code_has_an_exit_code_and_a_category()
    {
        foreach (var code in Enum.GetValues<RefusalCode>())
        {
            Assert.InRange(RefusalTable.ExitCode(code), 2, 11);
            Assert.NotEqual("NotSpecified", RefusalTable.Category(code));
        }
    }

    [Fact]
    public void Exit_codes_two_to_eleven_are_all_in_use() =>
        Assert.Equal(Enumerable.Range(2, 10).ToHashSet(), Enum.GetValues<RefusalCode>().Select(RefusalTable.ExitCode).ToHashSet());
}
