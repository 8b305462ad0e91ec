using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Paths;
using Xunit;

namespace TaskLocking.Tests.Leases;

/// <summary>Patterns against a model, over all paths of a small world: never "no overlap" where one path meets both.</summary>
public sealed class PathOverlapModelTests
{
    private static readonly string[] Names = ["a", "b", "c", "ab", "ba", "ca"];
    private static readonly string[] World = [.. Names, .. Names.SelectMany(_ => Names, (one, two) => one + "/" + two), .. Deep()];

    [Fact]
    public void A_pattern_and_a_path_overlap_where_the_model_says_so_and_nowhere_else()
    {
        var random = Random();
        for (var round = 0; round < 3_000; round++)
        {
            var (pattern, path) = (Pattern(random), World[random.Next(World.Length)]);
            var expected = GlobModel.Matches(pattern, path) || GlobModel.Expand(pattern).Any(each => IsFolderOf(each, path));
            Assert.Equal((pattern, path, expected), (pattern, path, PathOverlap.Exists(pattern, path, StringComparison.Ordinal)));
            Assert.Equal((path, pattern, expected), (path, pattern, PathOverlap.Exists(path, pattern, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Two_patterns_that_a_path_meets_overlap() =>
        Assert.Null(FindMissed((one, other) => PathOverlap.Exists(one, other, StringComparison.Ordinal)));

    [Theory]
    [InlineData("{")] // as before: braces were letters
    [InlineData("[")]
    [InlineData("?")]
    public void The_search_finds_an_overlap_that_passes_over_a_sign(string sign)
    {
        Assert.NotNull(FindMissed((one, other) => PathOverlap.Exists(Without(one), Without(other), StringComparison.Ordinal)));

        string Without(string pattern) => pattern.Replace(sign, "x", StringComparison.Ordinal);
    }

    private static string? FindMissed(Func<string, string, bool> overlap)
    {
        var random = Random();
        for (var round = 0; round < 3_000; round++)
        {
            var (one, other) = (Pattern(random), Pattern(random));
            if (overlap(one, other))
                continue;
            if (Array.Find(World, path => GlobModel.Matches(one, path) && GlobModel.Matches(other, path)) is { } missed)
                return $"{one} and {other} meet in {missed}";
        }
        return null;
    }

    private static Random Random()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    private static string Pattern(Random random) =>
        string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(6) == 0 ? "**" : Part(random, 2)));

    private static string Part(Random random, int depth) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(depth > 0 ? 10 : 9) switch
    {
        0 => "*",
        1 => "?",
        2 => "[ab]",
        3 => "[!a]",
        4 => "[b-c]",
        5 or 6 => "a",
        7 => "b",
        8 => "c",
        _ => "{" + (random.Next(4) == 0 ? "" : Part(random, depth - 1)) + "," + Part(random, depth - 1)
            + (random.Next(3) == 0 ? "/" + Part(random, depth - 1) : "") + "}",
    })).Replace("**", "*", StringComparison.Ordinal);

    // The plain path is a folder in which the pattern, or a path that its braces stand for, has something; or lies in such a path.
    private static bool IsFolderOf(string expansion, string path)
    {
        var parts = expansion.Split('/');
        var head = string.Join('/', parts.TakeWhile(part => part.IndexOfAny(['*', '?', '[']) < 0));
        return (head + "/").StartsWith(path + "/", StringComparison.Ordinal)
            || (head == expansion && (path + "/").StartsWith(head + "/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Deep() =>
        from one in Names.Take(3) from two in Names.Take(3) from three in Names select $"{one}/{two}/{three}";
}
