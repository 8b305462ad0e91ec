using System;
using System.Linq;
using TaskLocking.Leases;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class PathOverlapTests
{
    [Theory]
    // two paths
    [InlineData("src/a.cs", "src/a.cs", true)]
    [InlineData("src/a.cs", "src/b.cs", false)]
    [InlineData("src", "src/a.cs", true)]
    [InlineData("src", "srcs/a.cs", false)]
    [InlineData("../x", "x", false)]
    [InlineData("src/A.cs", "src/a.cs", false)]
    // a pattern and a path
    [InlineData("src/**", "src/a.cs", true)]
    [InlineData("src/**", "src/deep/er/a.cs", true)]
    [InlineData("src/**", "src", true)]
    [InlineData("src/**", "src2/a.cs", false)]
    [InlineData("**", "a", true)]
    [InlineData("**", "../a", false)]
    [InlineData("**/a.cs", "a.cs", true)]
    [InlineData("**/a.cs", "x/y/a.cs", true)]
    [InlineData("**/a.cs", "x/y/ba.cs", false)]
    [InlineData("*.cs", "a.cs", true)]
    [InlineData("*.cs", "src/a.cs", false)]
    [InlineData("*.cs", "a.md", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a?.cs", "ab.cs", true)]
    [InlineData("a?.cs", "abc.cs", false)]
    [InlineData("a?.cs", "a.cs", false)]
    [InlineData("src/*/a.cs", "src/x/a.cs", true)]
    [InlineData("src/*/a.cs", "src/x/y/a.cs", false)]
    [InlineData("src/*/a.cs", "src", true)]
    [InlineData("*.*", "README", true)]
    [InlineData(".*", ".gitignore", true)]
    [InlineData("x[1]*", "x[1].cs", true)]
    [InlineData("x[1]*", "x1.cs", false)]
    [InlineData("a\\*", "a\\b", true)]
    [InlineData("a\\*", "a/b", false)]
    [InlineData("../*.md", "../a.md", true)]
    [InlineData("../*.md", "a.md", false)]
    [InlineData("../**", "src/a.cs", true)]
    [InlineData("../*/src/**", "src/a.cs", true)]
    [InlineData("../*/src/**", "docs/a.cs", false)]
    [InlineData("../../x*/y", "../a", false)]
    // two patterns
    [InlineData("src/**", "docs/**", false)]
    [InlineData("src/**", "src/deep/**", true)]
    [InlineData("src/**", "**/a.cs", true)]
    [InlineData("*.cs", "*.md", false)]
    [InlineData("*.cs", "a*", true)]
    [InlineData("a*", "b*", false)]
    [InlineData("*a", "*b", false)]
    [InlineData("a?", "?b", true)]
    [InlineData("a?", "?bc", false)]
    [InlineData("src/*.cs", "src/*/a.cs", false)]
    [InlineData("src/**/*.cs", "src/**/*.md", false)]
    [InlineData("src/**/*.cs", "src/a*", true)]
    [InlineData("**/tests/**", "src/**/a.cs", true)]
    [InlineData("**", "*.cs", true)]
    [InlineData("**", "../*.cs", true)]
    [InlineData("../docs/*", "../src/*", false)]
    public void Both_ways_alike(string one, string other, bool overlap)
    {
        Assert.Equal(overlap, PathOverlap.Exists(one, other, StringComparison.Ordinal));
        Assert.Equal(overlap, PathOverlap.Exists(other, one, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("src/A.cs", "SRC/a.cs")]
    [InlineData("SRC/**", "src/a.cs")]
    [InlineData("*.CS", "a.cs")]
    [InlineData("Ä*", "äb")]
    [InlineData("SRC/*.cs", "src/a*")]
    public void Case_counts_where_the_file_system_says_so(string one, string other)
    {
        Assert.True(PathOverlap.Exists(one, other, StringComparison.OrdinalIgnoreCase));
        Assert.False(PathOverlap.Exists(one, other, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_patterns_that_one_path_meets_always_overlap()
    {
        string[] patterns = ["**", "a/**", "*/b", "**/b", "a/*", "?/b", "a/b*", "*b/**", "a/**/c", "**/c*", "../**", "../*/a/b", "*.*", "a/*.*"];
        string[] paths = ["a/b", "a/c", "b", "ab/c", "a/b/c", "a/x/cc", "../z", "a/b.c"];
        foreach (var path in paths)
        {
            var met = patterns.Where(pattern => PathOverlap.Exists(pattern, path, StringComparison.Ordinal) && !PathOverlap.FixedHead(pattern).StartsWith(path, StringComparison.Ordinal)).ToList();
            Assert.All(from one in met from other in met select (one, other), pair => Assert.True(PathOverlap.Exists(pair.one, pair.other, StringComparison.Ordinal), $"{path}: {pair}"));
        }
    }
}
