using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using TaskLocking.Tests.Cli;
using Xunit;

namespace TaskLocking.Tests.Documents;

/// <summary>What <c>./build.ps1 Pack</c> makes is installed from a folder, as from any feed, and works without the checkout.</summary>
public sealed class PackageTests(PackageTests.Packed packed) : IClassFixture<PackageTests.Packed>
{
    private const string Version = "0.1.0";

    [Fact]
    public async Task The_command_is_installed_as_a_tool()
    {
        var tools = Path.Combine(packed.Top, "tools");
        await LongRun.Succeeded(packed.Top, packed.Environment, LongRun.Dotnet, "tool", "install", "tasklock", "--tool-path", tools,
            "--source", packed.Feed);
        using var workspace = new CliWorkspace(Path.Combine(tools, OperatingSystem.IsWindows() ? "tasklock.exe" : "tasklock"));
        Works(workspace);
    }

    [Fact]
    public async Task The_package_for_any_machine_needs_the_runtime_alone()
    {
        var folder = Path.Combine(packed.Top, "any");
        ZipFile.ExtractToDirectory(Path.Combine(packed.Feed, $"tasklock.any.{Version}.nupkg"), folder);
        var program = Assert.Single(Directory.EnumerateFiles(folder, "tasklock.dll", SearchOption.AllDirectories));
        using var workspace = new CliWorkspace();
        var answer = await LongRun.Succeeded(workspace.Folder, packed.Environment, LongRun.Dotnet, program, "task", "new", "T-1", "--json");
        using var task = JsonDocument.Parse(answer);
        Assert.Equal("T-1", task.RootElement.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("tasklock")]
    [InlineData("tasklock.any")]
    [InlineData("TaskLocking")]
    public void A_package_has_its_licence_and_what_it_owes_to_others(string name)
    {
        var names = Entries($"{name}.{Version}.nupkg").Select(entry => entry.Name).ToList();
        Assert.Superset(new HashSet<string> { "LICENSE", "NOTICES.txt" }, names.ToHashSet());
    }

    [Fact]
    public void The_package_of_the_module_has_both_builds_and_its_help_and_no_sources()
    {
        var names = Entries($"TaskLocking.{Version}.nupkg").Select(entry => entry.Name).ToList();
        Assert.Superset(new HashSet<string>
        {
            "TaskLocking.psd1", "bin/Core/TaskLocking.PowerShell.dll", "bin/Desktop/TaskLocking.PowerShell.dll",
            "bin/TaskLocking.Format.ps1xml", "en-US/TaskLocking.PowerShell.dll-Help.xml", "en-US/about_TaskLocking.help.txt",
        }, names.ToHashSet());
        Assert.DoesNotContain(names, name => name.EndsWith(".md", StringComparison.Ordinal)
            || name.EndsWith(".pdb", StringComparison.Ordinal) || name.EndsWith(".cs", StringComparison.Ordinal));
        var about = Entries($"TaskLocking.{Version}.nupkg").Single(entry => entry.Name == "TaskLocking.nuspec").Text;
        Assert.Contains("<license type=\"expression\">MIT</license>", about, StringComparison.Ordinal);
        Assert.Contains("PSModule", about, StringComparison.Ordinal);
        Assert.Contains("PSCmdlet_New-AgentTask", about, StringComparison.Ordinal);
        Assert.Matches("<releaseNotes>.+</releaseNotes>", about);
    }

    [Fact]
    public void The_package_of_the_command_says_how_agents_start_it()
    {
        var about = Entries($"tasklock.{Version}.nupkg").Single(entry => entry.Name == "tasklock.nuspec").Text;
        Assert.Contains("<packageType name=\"McpServer\" />", about, StringComparison.Ordinal);
        Assert.Contains("<packageType name=\"DotnetTool\" />", about, StringComparison.Ordinal);
        using var server = JsonDocument.Parse(Entries($"tasklock.{Version}.nupkg").Single(entry => entry.Name == ".mcp/server.json").Text);
        var package = server.RootElement.GetProperty("packages")[0];
        Assert.Equal((Version, Version, "tasklock"), (server.RootElement.GetProperty("version").GetString(),
            package.GetProperty("version").GetString(), package.GetProperty("identifier").GetString()));
        Assert.Equal("mcp", package.GetProperty("packageArguments")[0].GetProperty("value").GetString());
        Assert.InRange(server.RootElement.GetProperty("description").GetString()!.Length, 1, 100);
    }

    [Fact]
    public void Each_package_of_the_command_has_the_server_beside_it()
    {
        var made = Directory.EnumerateFiles(packed.Feed, $"tasklock.*.{Version}.nupkg").Select(Path.GetFileName).ToList();
        Assert.Superset(new HashSet<string?> { $"tasklock.any.{Version}.nupkg" }, made.ToHashSet());
        Assert.All(made, package =>
        {
            var names = Entries(package!).Select(entry => entry.Name).ToList();
            var program = names.Find(name => Path.GetFileName(name) is "tasklock" or "tasklock.exe" or "tasklock.dll")!;
            var server = program[..(program.LastIndexOf('/') + 1)] + "tasklock-server/tasklock-server.";
            Assert.Superset(new HashSet<string> { server + "dll", server + "deps.json", server + "runtimeconfig.json" }, names.ToHashSet());
        });
    }

    [Fact]
    public void The_zip_has_a_folder_named_after_the_version()
    {
        var names = Entries($"TaskLocking.{Version}.zip").Select(entry => entry.Name).ToList();
        Assert.Contains($"TaskLocking/{Version}/TaskLocking.psd1", names);
        Assert.All(names, name => Assert.StartsWith($"TaskLocking/{Version}/", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_module_is_installed_from_a_local_repository()
    {
        var script = Path.Combine(packed.Top, "install.ps1");
        var modules = Path.Combine(packed.Top, "modules");
        // Where PowerShell brings its package manager it installs; elsewhere a package is what it would unpack.
        await File.WriteAllTextAsync(script, $$"""
            $ErrorActionPreference = 'Stop'
            if (Get-Command Save-PSResource -ErrorAction Ignore) {
                Register-PSResourceRepository -Name TaskLockingTest -Uri '{{packed.Feed}}' -Trusted
                try { Save-PSResource TaskLocking -Repository TaskLockingTest -Path (New-Item '{{modules}}' -ItemType Directory) }
                finally { Unregister-PSResourceRepository -Name TaskLockingTest }
            }
            else {
                $into = New-Item '{{modules}}/TaskLocking/{{Version}}' -ItemType Directory
                [System.IO.Compression.ZipFile]::ExtractToDirectory('{{packed.Feed}}/TaskLocking.{{Version}}.nupkg', $into)
            }
            $env:PSModulePath = '{{modules}}' + [System.IO.Path]::PathSeparator + $env:PSModulePath
            Set-Location (New-Item '{{packed.Top}}/work' -ItemType Directory)
            (New-AgentTask T-1).Id                                    # loaded by its name alone
            $module = Get-Module TaskLocking
            $module.ModuleBase
            "$($module.LicenseUri)"
            [bool]$module.ReleaseNotes
            (Get-Help New-AgentTask).Synopsis.Length -gt 10
            [bool](Get-Help about_TaskLocking_Promises)
            """, TestContext.Current.CancellationToken);
        var said = await LongRun.Succeeded(packed.Top, packed.Environment, ShellPrograms.PowerShell, "-NoProfile", "-NonInteractive",
            "-File", script);
        Assert.Equal(["T-1", Path.Combine(modules, "TaskLocking", Version), "https://opensource.org/license/mit", "True", "True", "True"],
            said.TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')));
    }

    private static void Works(CliWorkspace workspace)
    {
        Assert.Equal(Version, workspace.Run("--version").Output.Trim());
        Assert.Equal("T-1", workspace.Run("task", "new", "T-1", "--json").Document().GetProperty("id").GetString());
        Assert.Equal("T-1", workspace.Run("next", "--agent", "a", "--json").Document().GetProperty("id").GetString());
        // The server came along: its input is closed, so it ends.
        Assert.Equal(0, workspace.Run("mcp").ExitCode);
    }

    private List<(string Name, string Text)> Entries(string package)
    {
        using var zip = ZipFile.OpenRead(Path.Combine(packed.Feed, package));
        return zip.Entries.Where(entry => entry.Name.Length > 0).Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return (entry.FullName.Replace('\\', '/'), entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)
                || entry.Name == "server.json" ? reader.ReadToEnd() : "");
        }).ToList();
    }

    /// <summary>The packages, made once.</summary>
    public sealed class Packed : IAsyncLifetime
    {
        public string Top { get; } = Directory.CreateTempSubdirectory("tasklocking-packages-").FullName;

        public string Feed => Path.Combine(Top, "feed");

        /// <summary>What is installed here is nobody else's.</summary>
        public Dictionary<string, string> Environment => new(StringComparer.Ordinal)
        {
            ["NUGET_PACKAGES"] = Path.Combine(Top, "nuget"),
            ["DOTNET_CLI_HOME"] = Top,
            ["DOTNET_NOLOGO"] = "1",
        };

        public async ValueTask InitializeAsync() => await LongRun.Succeeded(Repository.Root, new Dictionary<string, string>(),
            ShellPrograms.PowerShell, "-NoProfile", "-NonInteractive", "-File", Path.Combine(Repository.Root, "build.ps1"), "Pack",
            "-Output", Feed);

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Top, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
