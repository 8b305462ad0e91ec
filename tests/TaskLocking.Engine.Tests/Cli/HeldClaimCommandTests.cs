using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>A claim that holds is not ended in passing by the command line either.</summary>
public sealed class HeldClaimCommandTests
{
    [Theory]
    [InlineData("unassign", "T", "--from", "a")]
    [InlineData("task", "remove", "T")]
    [InlineData("task", "set", "T", "--status", "cancelled")]
    public void It_is_refused_with_the_holders_name_and_done_by_his_process_his_token_or_force(params string[] act)
    {
        using var worker = Process.Start("sleep", "1000");
        try
        {
            var pid = worker.Id.ToString(CultureInfo.InvariantCulture);
            foreach (var proof in new[] { ["--pid", pid], ["--force"], new[] { "--token", "" } })
            {
                using var workspace = new CliWorkspace().With("T");
                var claim = workspace.Run("next", "--agent", "a", "--pid", pid, "--json").Document().GetProperty("taskLocking")
                    .GetProperty("claim");
                var refused = workspace.Run(act);
                Assert.Equal(7, refused.ExitCode);
                Assert.Contains($"a has task T (pid {pid}", refused.Error, System.StringComparison.Ordinal);
                if (proof[0] == "--token")
                    proof[1] = claim.GetProperty("token").GetInt64().ToString(CultureInfo.InvariantCulture);
                Assert.Equal(8, workspace.Run([.. act, "--token", "1"]).ExitCode);
                Assert.Equal(0, workspace.Run([.. act, .. proof]).ExitCode);
            }
        }
        finally
        {
            worker.Kill();
        }
    }
}
