using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Paths;
using TaskLocking.Tests.Storage;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Leases;

/// <summary>Two agents ask for files in all spellings, from several places and by patterns: one file never has two owners.</summary>
public sealed class OneOwnerTests : IDisposable
{
    private static readonly string[] Files =
    [
        "src/a.ts", "src/a.tsx", "src/b.ts", "src/deep/a.ts", "src/caf\u00e9.ts", "app/[id].tsx", "app/i.tsx", "app/d.tsx", "app/(g)/x.ts",
        "app/{a,b}.ts", "app/a.ts",
    ];

    // As it is written at the workspace, and what it means over the files above. Before the file is made, a pattern may mean both.
    private static readonly (string Text, string[] Meaning)[] Patterns =
    [
        ("src/**", ["src/**"]), ("src/*.ts", ["src/*.ts"]), ("link/*.ts", ["src/*.ts"]), ("**/*.{ts,tsx}", ["**/*.ts", "**/*.tsx"]),
        ("{src,app}/a.*", ["src/a.*", "app/a.*"]), ("*/[ab].ts", ["*/a.ts", "*/b.ts"]), ("src/deep/[!b]*", ["src/deep/*"]),
        ("src\\deep\\", ["src/deep/**"]),
        ("app/\\../*/b.ts", ["*/b.ts"]), ("app/?.tsx", ["app/i.tsx", "app/d.tsx"]), ("src/caf?.ts", ["src/caf\u00e9.ts"]),
        ("app/(g)/*", ["app/(g)/*"]), ("link", ["src/**"]),
    ];

    private readonly TempWorkspace _place = new();
    private readonly FilePaths _paths;

    public OneOwnerTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "not every letter may be in a name there, and links need a right");
        foreach (var folder in new[] { "src/deep", "app/(g)" })
            Directory.CreateDirectory(_place.In(folder.Split('/')));
        Directory.CreateSymbolicLink(_place.In("link"), "src");
        File.CreateSymbolicLink(_place.In("app", "to-a"), "../link/a.ts");
        _paths = new FilePaths(_place.Path);
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public void One_file_never_has_two_owners() =>
        Assert.Null(FindTwo((one, other) => PathOverlap.Exists(one, other, StringComparison.Ordinal)));

    [Theory]
    [InlineData("links")]
    [InlineData("forms")]
    [InlineData("brackets")]
    public void The_search_finds_a_fault_that_is_put_in(string fault) => Assert.NotNull(FindTwo((one, other) => (fault switch
    {
        "links" => !(one + other).Contains("src", StringComparison.Ordinal) || one == other,
        "forms" => one.Any(letter => letter > '~') == other.Any(letter => letter > '~'),
        _ => one.Contains('[') == other.Contains('['),
    }) && PathOverlap.Exists(one, other, StringComparison.Ordinal)));

    private string? FindTwo(Func<string, string, bool> overlap)
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            foreach (var file in Files)
                File.Delete(_place.In(file.Split('/')));
            var leases = new List<(string Agent, string Canonical, string Text, HashSet<string> Files)>();
            for (var step = 0; step < 40; step++)
            {
                var file = Files[random.Next(Files.Length)];
                if (random.Next(3) == 0)
                    File.WriteAllText(_place.In(file.Split('/')), "");
                var agent = random.Next(2) == 0 ? "one" : "two";
                var (text, meaning) = random.Next(3) == 0 ? Pattern(random) : (Spelled(random, file), Meaning(file));
                var canonical = Assert.Single(_paths.Normalize([text]));
                if (leases.Exists(lease => lease.Agent != agent && overlap(lease.Canonical, canonical)))
                    continue;
                if (leases.Find(lease => lease.Agent != agent && lease.Files.Overlaps(meaning)) is { Text: not null } twice)
                    return $"{twice.Text} ({twice.Canonical}) of {twice.Agent} and {text} ({canonical}) of {agent}";
                leases.Add((agent, canonical, text, meaning));
            }
        }
        return null;
    }

    private (string, HashSet<string>) Pattern(Random random)
    {
        var (text, meaning) = Patterns[random.Next(Patterns.Length)];
        return (CallerPath.From(() => _place.Path, text),
            [.. Files.Where(file => meaning.Any(each => GlobModel.Matches(Model(each), Model(file))))]);
    }

    // The model knows no names with letters of a pattern.
    private static string Model(string path) =>
        path.Replace("[id]", "ID", StringComparison.Ordinal).Replace("{a,b}", "AB", StringComparison.Ordinal);

    // Whoever names a file that is not there yet may mean that, or what the pattern stands for.
    private HashSet<string> Meaning(string file) => File.Exists(_place.In(file.Split('/'))) ? [file] : file switch
    {
        "app/[id].tsx" => [file, "app/i.tsx", "app/d.tsx"],
        "app/{a,b}.ts" => [file, "app/a.ts"],
        _ => [file],
    };

    private string Spelled(Random random, string file)
    {
        var spelled = random.Next(6) switch
        {
            0 when file.StartsWith("src/", StringComparison.Ordinal) => "link" + file[3..],
            1 when file == "src/a.ts" && File.Exists(_place.In("src", "a.ts")) => "app/to-a",
            2 => file.Replace("/", random.Next(2) == 0 ? "//" : "/./", StringComparison.Ordinal),
            3 => "src/deep/../../" + file,
            4 => file.Replace('/', '\\'),
            _ => file,
        };
        if (random.Next(2) == 0)
            spelled = spelled.Replace("\u00e9", "e\u0301", StringComparison.Ordinal);
        var place = random.Next(3) switch { 0 => _place.Path, 1 => _place.In("src"), _ => _place.In("link", "deep") };
        var up = place == _place.Path ? "" : place.EndsWith("deep", StringComparison.Ordinal) ? "../../" : "../";
        return CallerPath.From(() => place, up + spelled);
    }
}
