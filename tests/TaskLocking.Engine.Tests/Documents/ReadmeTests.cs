using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using TaskLocking.Tests.Cli;
using Xunit;

namespace TaskLocking.Tests.Documents;

/// <summary>
/// The README, word by word, as a new user would: its blocks run in the order in which they stand, in a copy of what is checked in.
/// <c>tasklock</c> is the published command; <c>dotnet test</c> alone is not run by what it runs.
/// </summary>
public sealed partial class ReadmeTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));

    private static readonly List<(string Language, string Code)> Blocks = [.. Fence().Matches(string.Join('\n', Lines) + "\n")
        .Select(match => (match.Groups["language"].Value, match.Groups["code"].Value))];

    [Fact]
    public void It_is_short_and_its_links_lead_somewhere()
    {
        Assert.InRange(Lines.Length, 50, 199);
        Assert.All(Blocks, block => Assert.Contains(block.Language, new[] { "bash", "powershell", "text" }));
        var heads = Lines.Where(line => line.StartsWith('#'))
            .Select(line => line.TrimStart('#').Trim().ToLowerInvariant().Replace(",", "", StringComparison.Ordinal).Replace(' ', '-'))
            .Select(name => "#" + name).ToHashSet(StringComparer.Ordinal);
        foreach (var target in Link().Matches(string.Join('\n', Lines)).Select(match => match.Groups["target"].Value))
        {
            Assert.True(target.StartsWith("https://", StringComparison.Ordinal) || heads.Contains(target)
                || File.Exists(Path.Combine(Repository.Root, target)), target);
        }
    }

    [Fact]
    public void It_names_every_topic_of_the_help()
    {
        var text = string.Join('\n', Lines);
        var topics = Directory.EnumerateFiles(Path.Combine(Repository.Root, "en-US"), "about_*.help.txt")
            .Select(path => Path.GetFileName(path).Replace(".help.txt", "", StringComparison.Ordinal));
        Assert.All(topics, topic => Assert.Contains(topic, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_blocks_run_in_order_on_a_fresh_clone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || ShellPrograms.Find("jq") is null, "There is no jq, or no shell.");
        var top = Directory.CreateTempSubdirectory("tasklocking-readme-").FullName;
        try
        {
            var clone = await Clone(Path.Combine(top, "TaskLocking"));
            var environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PATH"] = string.Join(Path.PathSeparator, Stand(Path.Combine(top, "bin")), Path.GetDirectoryName(TasklockProcess.Program),
                    Environment.GetEnvironmentVariable("PATH")),
                ["HOME"] = top,
                // Whoever builds these tests has them look.
                ["RunAnalyzers"] = "false",
                ["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                    ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            };
            // One session: what a block before imported is there.
            var before = "$ErrorActionPreference = 'Stop'\n$PSNativeCommandUseErrorActionPreference = $true\n";
            foreach (var (language, code) in Blocks.Where(block => block.Language != "text"))
            {
                if (language == "bash")
                {
                    await LongRun.Succeeded(clone, environment, "bash", "-euo", "pipefail", "-c", code);
                }
                else
                {
                    await LongRun.Succeeded(clone, environment, ShellPrograms.PowerShell, "-NoProfile", "-NonInteractive", "-Command",
                        before + code);
                    before += "Import-Module ./TaskLocking.psd1\n";
                }
            }
            // What they tell of came about.
            using var done = TasklockProcess.Start(clone, null, "task", "get", "--status", "done", "--json");
            var ids = TasklockAnswer.Texts(done.Finish().Document(), "id");
            Assert.Superset(new HashSet<string> { "T-1", "T-3", "S-1", "S-2", "report", "D-1", "D-9" }, ids.ToHashSet());
        }
        finally
        {
            Directory.Delete(top, recursive: true);
        }
    }

    // As it is checked in, changes that are not committed included.
    private static async Task<string> Clone(string folder)
    {
        var none = new Dictionary<string, string>();
        var files = await LongRun.Succeeded(Repository.Root, none, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        foreach (var file in files.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!File.Exists(Path.Combine(Repository.Root, file)))
                continue;
            var copy = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, file), copy);
        }
        await LongRun.Succeeded(folder, none, "git", "init", "-q");
        return folder;
    }

    // The tests that run this would run themselves.
    private static string Stand(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "dotnet");
        File.WriteAllText(path, $"""
            #!/bin/sh
            [ "$*" = test ] && exit 0
            exec "{ShellPrograms.Find(LongRun.Dotnet) ?? LongRun.Dotnet}" "$@"

            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<code>.*?)^```$",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
