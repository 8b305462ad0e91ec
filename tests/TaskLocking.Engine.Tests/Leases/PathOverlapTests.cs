using System;
using System.Linq;
using TaskLocking.Paths;
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
    [InlineData("x[1]*", "x1.cs", true)]
    [InlineData("x[1]*", "x2.cs", false)]
    [InlineData("x[[]1]*", "x1.cs", false)]
    [InlineData("x[[]1]*", "x[[]1].cs", true)]
    [InlineData("[id].tsx", "i.tsx", true)]
    [InlineData("[id].tsx", "x.tsx", false)]
    [InlineData("[id].tsx", "[[]id].tsx", true)] // he may mean the file that he is about to make
    [InlineData("[[]id].tsx", "i.tsx", false)]
    [InlineData("[[]userId].tsx", "[[]postId].tsx", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[^a]x", "bx", true)]
    [InlineData("a[!b]c", "a/c", false)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[]]", "]", true)]
    [InlineData("[^]a]x", "ax", false)]
    [InlineData("[^]a]x", "[]]x", false)]
    [InlineData("[^]a]x", "bx", true)]
    [InlineData("[é]", "e", true)] // of other letters only that there are some is known
    [InlineData("[!a].cs", "ü.cs", true)]
    [InlineData("?.cs", "é.cs", true)]
    [InlineData("?.cs", "😀.cs", true)]
    [InlineData("?.cs", "éé.cs", false)]
    [InlineData("src/**/*.{ts,tsx}", "src/a.ts", true)]
    [InlineData("src/**/*.{ts,tsx}", "src/x/y/a.tsx", true)]
    [InlineData("src/**/*.{ts,tsx}", "src/a.js", false)]
    [InlineData("src/**/*.{ts,tsx}", "src", true)]
    [InlineData("{src,docs}/**", "docs/a", true)]
    [InlineData("{src,docs}/**", "docs", true)]
    [InlineData("{src,docs}/**", "lib/a", false)]
    [InlineData("a{,b}c", "ac", true)]
    [InlineData("a{,b}c", "abc", true)]
    [InlineData("a{,b}c", "aac", false)]
    [InlineData("src{,/deep}/a.cs", "src/a.cs", true)]
    [InlineData("src{,/deep}/a.cs", "src/deep/a.cs", true)]
    [InlineData("{,src}/a.cs", "a.cs", true)]
    [InlineData("{a,b{c,d}}", "bd", true)]
    [InlineData("{a,b{c,d}}", "b", false)]
    [InlineData("{a,b}", "a/x", true)] // a folder to be
    [InlineData("*.{ts,tsx}", "a.{ts,tsx}", true)]
    [InlineData("{src/**,docs/*.md}", "src/x/y", true)]
    [InlineData("{src/**,docs/*.md}", "docs/x/y.md", false)]
    [InlineData("../{x,y}/*", "../y/a", true)]
    [InlineData("../{x,*}/a", "a", true)]
    [InlineData("../{x,y}/a", "a", false)]
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
    [InlineData("**", "../*.cs", false)]
    [InlineData("**", "../*/a.cs", true)]
    [InlineData("*/**", "*.cs", false)]
    [InlineData("*/**", "a", false)]
    [InlineData("packages/*/**", "packages/README.md", false)]
    [InlineData("../docs/*", "../src/*", false)]
    [InlineData("src/**/*.{ts,tsx}", "src/**/*.{js,tsx}", true)]
    [InlineData("src/**/*.{ts,tsx}", "src/**/*.{js,jsx}", false)]
    [InlineData("[a-c]*", "[d-f]*", false)]
    [InlineData("[a-c]*", "[!a-c[]*", false)]
    [InlineData("src/**", "sr?", true)] // a file or a folder, one of them is about to be made
    [InlineData("[a-c]*", "[b-z]*", true)]
    [InlineData("{a,b}/*.cs", "b/x*", true)]
    [InlineData("{a,b}/*.cs", "{c,d}/*.cs", false)]
    [InlineData("{a,b}", "a/*.cs", true)]
    [InlineData("[é]x", "[ü]x", true)]
    [InlineData("**/[id]/page.tsx", "app/**", true)]
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
    [InlineData("[a-c].cs", "B.cs")]
    [InlineData("[A-C]x", "[b]X")]
    [InlineData("{SRC,x}/a", "src/A")]
    public void Case_counts_where_the_file_system_says_so(string one, string other)
    {
        Assert.True(PathOverlap.Exists(one, other, StringComparison.OrdinalIgnoreCase));
        Assert.False(PathOverlap.Exists(one, other, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[!a]*.cs", "a.cs", false)]
    [InlineData("[!a]*.cs", "A.cs", false)]
    [InlineData("[!A-C]x", "bX", false)]
    [InlineData("[^a]x", "[A]x", false)]
    [InlineData("[!a]*.cs", "B.cs", true)]
    [InlineData("[!a-c]x", "[A-D]x", true)]
    [InlineData("[!a]b", "[!A]b", true)]
    [InlineData("a[!b]c", "a/c", false)]
    public void Where_case_counts_for_nothing_a_class_leaves_out_both_letters(string one, string other, bool overlap)
    {
        Assert.Equal(overlap, PathOverlap.Exists(one, other, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(overlap, PathOverlap.Exists(other, one, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("caf\u00e9/a", "cafe\u0301/a")]
    [InlineData("caf\u00e9/*", "cafe\u0301/a")]
    [InlineData("caf?/a", "cafe\u0301/a")]
    [InlineData("caf[\u00e9]/a", "cafe\u0301/a")]
    [InlineData("\ud55c/x", "\u1112\u1161\u11ab/x")]
    [InlineData("a\u0323\u0307", "a\u0307\u0323")]
    public void Spellings_of_one_text_are_one(string one, string other)
    {
        Assert.True(PathOverlap.Exists(one, other, StringComparison.Ordinal));
        Assert.True(PathOverlap.Exists(other, one, StringComparison.Ordinal));
    }

    [Fact]
    public void A_lease_that_an_older_version_wrote_is_read_as_far_as_it_goes()
    {
        Assert.True(PathOverlap.Exists("src/+(a|b)", "src/[+](a[|]b)", StringComparison.Ordinal));
        Assert.True(PathOverlap.Exists("src\\a.cs", "src[\\]a.cs", StringComparison.Ordinal));
        Assert.True(PathOverlap.Exists("src/[ab", "src/[[]ab", StringComparison.Ordinal));
        Assert.True(PathOverlap.Exists("*/{a", "x/[{]a", StringComparison.Ordinal));
        Assert.False(PathOverlap.Exists("*/{a", "x/a", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_patterns_that_one_path_meets_always_overlap()
    {
        string[] patterns = ["**", "a/**", "*/b", "**/b", "a/*", "?/b", "a/b*", "*b/**", "a/**/c", "**/c*", "../**", "../*/a/b", "*.*",
            "a/*.*"];
        string[] paths = ["a/b", "a/c", "b", "ab/c", "a/b/c", "a/x/cc", "../z", "a/b.c"];
        foreach (var path in paths)
        {
            var met = patterns.Where(pattern => PathOverlap.Exists(pattern, path, StringComparison.Ordinal)
                && !PathPattern.Of(pattern).Forms.Any(form => form.Head.StartsWith(path, StringComparison.Ordinal))).ToList();
            Assert.All(from one in met from other in met select (one, other),
                pair => Assert.True(PathOverlap.Exists(pair.one, pair.other, StringComparison.Ordinal), $"{path}: {pair}"));
        }
    }
}
