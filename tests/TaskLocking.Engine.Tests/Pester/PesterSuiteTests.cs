using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace TaskLocking.Tests.Pester;

/// <summary>The cmdlets, in a PowerShell: each test of their suite is one here, on each build of the module, counted and named.</summary>
public sealed class PesterSuiteTests
{
    private static readonly Lazy<Task<PesterRun>> Suite = new(PesterRun.StartAsync);

    /// <summary>Known when the suite has run, not before.</summary>
    public static async Task<IEnumerable<TheoryDataRow<PesterResult>>> Results() => (await Suite.Value).Results.Select(Row);

    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void The_cmdlets_pass_their_suite(PesterResult result) => Assert.True(result.Failure is null, result.Failure);

    private static TheoryDataRow<PesterResult> Row(PesterResult result) =>
        new(result) { TestDisplayName = $"{result.Build}: {result.Name}", Skip = result.Skipped ? "Pester skipped it." : null };

    [Fact]
    public async Task Every_file_of_the_suite_ran_on_every_build()
    {
        var run = await Suite.Value;
        var files = Directory.EnumerateFiles(PesterRun.Folder, "*.Tests.ps1").Select(path => Path.GetFileName(path)!).ToList();
        var expected = PesterRun.Builds.SelectMany(build => files.Select(file => (build, file)));
        Assert.Equal(expected.Order(), run.Results.Select(result => (result.Build, result.File)).Distinct().Order());
        Assert.True(run.ExitCode == 0 || run.Results.Any(result => result.Failure is not null), run.Said);
    }
}
