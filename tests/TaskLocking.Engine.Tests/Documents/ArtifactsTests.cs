using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using TaskLocking.Tests.Cli;
using Xunit;

namespace TaskLocking.Tests.Documents;

/// <summary>What is built into folders of its own, as the benchmarks and packagers do, is as whole as in the checkout.</summary>
public sealed class ArtifactsTests : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("tasklocking-artifacts-").FullName;

    public void Dispose() => Directory.Delete(_top, recursive: true);

    [Fact]
    public async Task A_command_that_is_published_by_way_of_other_folders_has_its_server()
    {
        var folder = Path.Combine(_top, "out");
        // Neither compiled ahead nor analyzed: it is only about which files come along.
        await LongRun.Succeeded(Repository.Root, new Dictionary<string, string>(), LongRun.Dotnet, "publish",
            Path.Combine(Repository.Root, "src", "TaskLocking.Cli"), "--artifacts-path", Path.Combine(_top, "build"), "-o", folder,
            "-p:Native=false", "-p:PublishReadyToRun=false", "-p:RunAnalyzers=false", "-nodeReuse:false", "-v", "quiet", "--nologo");
        using var workspace = new CliWorkspace(Path.Combine(folder, OperatingSystem.IsWindows() ? "tasklock.exe" : "tasklock"));
        // Its input is closed, so it ends.
        var answer = workspace.Run("mcp");
        Assert.True(answer.ExitCode == 0, answer.Error);
        Assert.True(File.Exists(Path.Combine(folder, "tasklock-server", "prometheus-alerts.yml")));
    }
}
