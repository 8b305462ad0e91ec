using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace TaskLocking.Tests.Architecture;

/// <summary>What the page on the architecture names is there.</summary>
public sealed partial class ArchitecturePageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "src", "ARCHITECTURE.md");

    [Fact]
    public void It_is_short_enough_to_be_read() => Assert.InRange(File.ReadLines(Page).Count(), 50, 150);

    [Fact]
    public void Every_name_on_it_exists()
    {
        var types = Repository.Sources("src").Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet();
        var folders = new[] { "", "src", "src/TaskLocking.Engine" }.Select(folder => Path.Combine(Repository.Root, folder)).ToList();
        var names = Name().Matches(File.ReadAllText(Page)).Select(match => match.Groups[1].Value).Distinct()
            .Where(name => name is not ("tasklock" or "TaskLocking")).ToList();
        Assert.True(names.Count > 40);
        Assert.All(names, name => Assert.True(
            types.Contains(name) || folders.Exists(folder => Path.Exists(Path.Combine(folder, name))), name));
    }

    [Fact]
    public void It_names_every_room() =>
        Assert.All(Directory.EnumerateDirectories(Repository.Engine).Select(path => Path.GetFileName(path)!)
            .Where(name => name is not ("bin" or "obj")),
            name => Assert.Contains($"`{name}`", File.ReadAllText(Page), StringComparison.Ordinal));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
