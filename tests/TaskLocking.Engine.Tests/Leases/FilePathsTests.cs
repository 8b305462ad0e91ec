using System;
using System.IO;
using System.Linq;
using TaskLocking.Diagnostics;
using TaskLocking.Leases;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class FilePathsTests : IDisposable
{
    private readonly TempWorkspace _place = new();
    private readonly FilePaths _paths;

    public FilePathsTests()
    {
        Directory.CreateDirectory(_place.In("src", "deep"));
        File.WriteAllText(_place.In("src", "a.cs"), "");
        _paths = new FilePaths(_place.Path);
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("src/a.cs", "src/a.cs")]
    [InlineData("./src/./a.cs", "src/a.cs")]
    [InlineData("src//a.cs", "src/a.cs")]
    [InlineData("src/deep/../a.cs", "src/a.cs")]
    [InlineData("new/file.txt", "new/file.txt")]
    [InlineData("src", "src/**")]
    [InlineData("src/", "src/**")]
    [InlineData("new/", "new/**")]
    [InlineData(".", "**")]
    [InlineData("..", "../**")]
    [InlineData("../x.cs", "../x.cs")]
    [InlineData("../../x/y", "../../x/y")]
    [InlineData("*.cs", "*.cs")]
    [InlineData("**", "**")]
    [InlineData("src/**/*.cs", "src/**/*.cs")]
    [InlineData("src/deep/../*.c?", "src/*.c?")]
    [InlineData("src/../*/", "*/**")]
    [InlineData("**/**/a", "**/a")]
    [InlineData("src/de*/./a.cs", "src/de*/a.cs")]
    [InlineData("../*.md", "../*.md")]
    [InlineData("a b/ü.cs", "a b/ü.cs")]
    [InlineData("x[1].cs", "x[1].cs")]
    public void A_path_has_one_form(string given, string canonical) => Assert.Equal([canonical], _paths.Normalize([given]));

    [Fact]
    public void A_rooted_path_becomes_relative()
    {
        Assert.Equal(["src/a.cs", "**"], _paths.Normalize([_place.In("src", "a.cs"), _place.Path]));
        Assert.Equal(["src/*.cs"], _paths.Normalize([_place.In("src", "*.cs")]));
        Assert.Equal(["../other/x"], _paths.Normalize([Path.Combine(_place.Path, "..", "other", "x")]));
    }

    [Fact]
    public void Ways_over_links_are_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right there");
        Directory.CreateSymbolicLink(_place.In("link"), _place.In("src"));
        File.CreateSymbolicLink(_place.In("src", "b.cs"), _place.In("src", "a.cs"));
        Assert.Equal(["src/a.cs"], _paths.Normalize(["link/a.cs", "src/b.cs", "link/b.cs", "link/deep/../a.cs"]));
        Assert.Equal(["src/new/*.cs", "src/**"], _paths.Normalize(["link/new/*.cs", "link"]));
    }

    [Fact]
    public void A_backslash_is_what_the_system_takes_it_for() =>
        Assert.Equal([OperatingSystem.IsWindows() ? "src/a.cs" : "src\\a.cs"], _paths.Normalize(["src\\a.cs"]));

    [Fact]
    public void The_same_path_counts_once() => Assert.Equal(["src/a.cs", "b"], _paths.Normalize(["src/a.cs", "b", "./src/a.cs"]));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData(" a")]
    [InlineData("http://x/y")]
    [InlineData("src**")]
    [InlineData("src/**.cs")]
    [InlineData("a/***/b")]
    [InlineData("src/*/../a")]
    public void What_is_no_path_is_refused(string? path)
    {
        var thrown = Assert.Throws<TaskLockingException>(() => _paths.Normalize(["src/a.cs", path!]));
        Assert.Equal(RefusalCode.InvalidArgument, thrown.Refusal.Code);
    }

    [Fact]
    public void Half_a_character_is_refused() => Assert.NotNull(FilePaths.Fault("\ud800"));

    [Fact]
    public void Names_are_compared_as_the_file_system_does()
    {
        // Seen by writing: what the probe must find out without.
        File.WriteAllText(_place.In("probe"), "");
        var ignores = File.Exists(_place.In("PROBE"));
        Assert.Equal(ignores ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal, new FilePaths(_place.Path).Comparison);
        Directory.CreateDirectory(_place.Store);
        Assert.Equal(ignores ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal, new FilePaths(_place.Path).Comparison);
    }

    [Fact]
    public void Asking_writes_nothing()
    {
        _ = _paths.Comparison;
        _paths.Normalize(["src/a.cs", "new/**", "other/"]);
        Assert.Equal(["src"], Directory.EnumerateFileSystemEntries(_place.Path).Select(Path.GetFileName));
    }
}
