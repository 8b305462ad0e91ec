using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace TaskLocking.Tests.Architecture;

/// <summary>Arrows point one way, and files stay small enough to read.</summary>
public sealed partial class ArrowTests
{
    [Fact]
    public void The_engine_refers_to_the_base_class_library_alone() =>
        Assert.All(typeof(TaskBoard).Assembly.GetReferencedAssemblies(), assembly =>
            Assert.True(assembly.Name!.StartsWith("System.", StringComparison.Ordinal)
                || assembly.Name is "System" or "mscorlib" or "netstandard" or "Microsoft.Win32.Primitives",
                assembly.Name));

    [Fact]
    public void Projects_refer_down_only()
    {
        var allowed = new Dictionary<string, string[]>
        {
            ["TaskLocking.Engine"] = [],
            ["TaskLocking.Proof"] = ["TaskLocking.Engine"],
            ["TaskLocking.PostgreSql"] = ["TaskLocking.Engine"],
            ["TaskLocking.PowerShell"] = ["TaskLocking.Engine", "TaskLocking.Proof", "TaskLocking.PostgreSql"],
            ["TaskLocking.Wire"] = ["TaskLocking.Engine"],
            ["TaskLocking.Server"] = ["TaskLocking.Engine", "TaskLocking.PostgreSql", "TaskLocking.Wire"],
            // The server is started, not referred to.
            ["TaskLocking.Cli"] =
                ["TaskLocking.Engine", "TaskLocking.Proof", "TaskLocking.PostgreSql", "TaskLocking.Wire", "TaskLocking.Server"],
        };
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            var references = XDocument.Load(path).Descendants("ProjectReference")
                .Select(item => Path.GetFileNameWithoutExtension(item.Attribute("Include")!.Value));
            Assert.Subset(allowed[Path.GetFileNameWithoutExtension(path)].ToHashSet(), references.ToHashSet());
        }
    }

    [Theory]
    [InlineData("Rules", "")]
    // The graph is shared by readers of several threads; readers are also told who holds a lock.
    [InlineData("Ready", "TaskGraph|ReadyQueue")]
    [InlineData("Paths", "")]
    public void Rules_are_pure(string folder, string others)
    {
        var exempt = others.Split('|').ToHashSet();
        var paths = Repository.Sources("src", "TaskLocking.Engine", folder).ToList();
        Assert.Subset(paths.Select(path => Path.GetFileNameWithoutExtension(path)).Append("").ToHashSet(), exempt);
        foreach (var path in paths.Where(path => !exempt.Contains(Path.GetFileNameWithoutExtension(path))))
        {
            var text = File.ReadAllText(path);
            Assert.DoesNotMatch(@"\bSystem\.(IO|Threading|Diagnostics)\b|\bEnvironment\.|\bGuid\.NewGuid|\bnew Random\b", text);
            Assert.DoesNotMatch(@"\b(DateTime|DateTimeOffset)\.(UtcNow|Now)\b|\bTimeProvider\b|\bStopwatch\b", text);
            Assert.DoesNotMatch(@"\bProcessLiveness\.OfThisHost\b", text);
            Assert.DoesNotMatch(@"using TaskLocking\.Locking;", text);
        }
    }

    [Fact]
    public void The_engine_knows_no_shell_and_no_console() =>
        Assert.All(Repository.Sources("src", "TaskLocking.Engine"),
            path => Assert.DoesNotMatch(@"\bConsole\.|System\.Management\.Automation", File.ReadAllText(path)));

    [Fact]
    public void No_file_is_longer_than_four_hundred_lines_and_half_are_at_most_ninety()
    {
        var lengths = Repository.Sources("src").Concat(Repository.Sources("tests"))
            .Select(path => (Path: path, Lines: File.ReadLines(path).Count())).OrderBy(file => file.Lines).ToList();
        Assert.All(lengths, file => Assert.True(file.Lines <= 400, $"{file.Path}: {file.Lines} lines"));
        Assert.True(lengths[lengths.Count / 2].Lines <= 90);
    }

    [Fact]
    public void No_line_is_longer_than_a_hundred_and_forty_characters()
    {
        var projects = new[] { "src", "tests" }.SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.*proj", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.props", SearchOption.TopDirectoryOnly)));
        var wrong = Repository.Sources("src").Concat(Repository.Sources("tests")).Concat(projects)
            .SelectMany(path => File.ReadLines(path).Select((line, i) => (Place: $"{path}:{i + 1}", line.Length)))
            .Where(line => line.Length > 140).Select(line => line.Place).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void No_type_is_named_after_nothing() =>
        Assert.All(Repository.Sources("src"), path => Assert.DoesNotMatch(Nothing(), Path.GetFileNameWithoutExtension(path)));

    [GeneratedRegex("(Helper|Helpers|Util|Utils|Manager)$")]
    private static partial Regex Nothing();
}
