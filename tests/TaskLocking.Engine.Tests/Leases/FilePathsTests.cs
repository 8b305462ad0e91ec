using System;
using System.IO;
using System.Linq;
using TaskLocking.Paths;
using TaskLocking.Tests.Storage;
using TaskLocking.Workspaces;
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
    [InlineData("src/a.cs/", "src/a.cs")]
    [InlineData("src//deep//", "src/deep/**")]
    [InlineData("src/**/*.{ts,tsx}", "src/**/*.{ts,tsx}")]
    [InlineData("src/../{a,b}/./c//*.cs", "{a,b}/c/*.cs")]
    [InlineData("{src,docs}/", "{src,docs}/**")]
    [InlineData("src/{deep/**,*.cs}", "src/{deep/**,*.cs}")]
    [InlineData("src{,/deep}/a.cs", "src{,/deep}/a.cs")]
    [InlineData("a[!b-d]/x", "a[!b-d]/x")]
    [InlineData("(group)/page.tsx", "(group)/page.tsx")]
    [InlineData("@scope/a+b!.cs", "@scope/a+b!.cs")]
    [InlineData("[[]id].tsx", "[[]id].tsx")]
    [InlineData("src/[!]x", "src/[!]x")]
    [InlineData("a]b}c", "a]b}c")]
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

    [Theory]
    [InlineData("src\\a.cs", "src/a.cs")]
    [InlineData("src\\new\\b.cs", "src/new/b.cs")]
    [InlineData(".\\src\\deep\\..\\a.cs", "src/a.cs")]
    [InlineData("src\\deep\\", "src/deep/**")]
    [InlineData("src\\**\\*.cs", "src/**/*.cs")]
    [InlineData("src\\deep/{a,b}\\x", "src/deep/{a,b}/x")]
    public void A_backslash_is_a_slash(string given, string canonical) => Assert.Equal([canonical], _paths.Normalize([given]));

    [Fact]
    public void A_backslash_in_a_name_that_is_there_is_part_of_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no name has one there");
        File.WriteAllText(_place.In("src\\a.cs"), "");
        Directory.CreateDirectory(_place.In("we\\ird"));
        Assert.Equal(["src[\\]a.cs", "we[\\]ird/new.cs", "we[\\]ird/*.cs", "src/b.cs"],
            _paths.Normalize(["src\\a.cs", "we\\ird/new.cs", "we\\ird/*.cs", "src\\b.cs"]));
    }

    [Fact]
    public void A_name_that_is_there_is_itself_whatever_letters_it_has()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "not every letter may be in a name there");
        Directory.CreateDirectory(_place.In("app", "[id]"));
        foreach (var name in new[] { "[slug].tsx", "{a,b}.ts", "!x", "+(a|b)", "[", "a*b", "what?", "(x|y)" })
            File.WriteAllText(_place.In("app", name), "");
        Assert.Equal(
            ["app/[[]slug].tsx", "app/[{]a,b}.ts", "app/[!]x", "app/[+](a[|]b)", "app/[[]", "app/a[*]b", "app/what[?]", "app/(x[|]y)",
                "app/[[]id]/**", "app/[[]id]/page.tsx", "app/[[]id]/*.{ts,tsx}"],
            _paths.Normalize(["app/[slug].tsx", "app/{a,b}.ts", "app/!x", "app/+(a|b)", "app/[", "app/a*b", "app/what?", "app/(x|y)",
                "app/[id]", "app/[id]/page.tsx", "app/[id]/*.{ts,tsx}"]));
    }

    [Theory]
    [InlineData("[id].tsx")]
    [InlineData("+(a|b)")]
    [InlineData("a/{b,c}/*?!")]
    [InlineData("!x")]
    [InlineData("[]")]
    [InlineData(" x")]
    [InlineData("x ")]
    [InlineData(" ")]
    [InlineData("a /b ")]
    [InlineData("src")]
    public void What_is_taken_as_written_is_a_name_and_stays_one_when_it_is_given_back(string name)
    {
        var canonical = Assert.Single(_paths.Normalize([CallerPath.Literal(name)]));
        Assert.Equal(name == "src" ? "src/**" : name, PathSyntax.Plain(canonical));
        Assert.Equal(name == "src", PathSyntax.IsPattern(canonical));
        Assert.Equal([canonical], _paths.Normalize([canonical]));
    }

    [Fact]
    public void A_link_leads_where_the_system_goes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right there");
        Directory.CreateDirectory(_place.In("other", "place"));
        Directory.CreateSymbolicLink(_place.In("link"), Path.Combine("other", "place"));
        Directory.CreateSymbolicLink(_place.In("src", "up"), Path.Combine("..", "link", "..", "x"));
        File.CreateSymbolicLink(_place.In("to-be"), "src/later.cs");
        File.CreateSymbolicLink(_place.In("round"), "round");
        Assert.Equal(["other/a.cs", "other/place/b", "src/later.cs", "other/x"],
            _paths.Normalize(["link/../a.cs", "src/../link/b", "to-be", "src/up"]));
        Assert.Equal(["other/*.cs"], _paths.Normalize(["link/../*.cs"]));
        Assert.Equal(RefusalCode.InvalidArgument, Assert.Throws<TaskLockingException>(() => _paths.Normalize(["round/x"])).Refusal.Code);
    }

    [Fact]
    public void A_path_of_the_callers_place_means_the_same()
    {
        var src = _place.In("src");
        string[] given = ["a.cs", "./a.cs", "../src/a.cs", ".\\a.cs", "*.cs", "..", _place.In("src", "a.cs")];
        Assert.Equal(["src/a.cs", "src/*.cs", "**"], _paths.Normalize(Array.ConvertAll(given, path => CallerPath.From(() => src, path))));
        Assert.Equal("http://x", CallerPath.From(() => src, "http://x"));
        Assert.Equal("", CallerPath.From(() => src, ""));
        Assert.Equal("/x", CallerPath.From(() => throw new InvalidOperationException("asked for nothing"), "/x"));
    }

    [Fact]
    public void Two_spellings_of_one_text_are_one_path_and_what_is_there_is_told_as_it_is_spelled()
    {
        File.WriteAllText(_place.In("src", "cafe\u0301.cs"), "");
        var (there, other) = (Assert.Single(_paths.Normalize(["src/cafe\u0301.cs"])),
            Assert.Single(_paths.Normalize(["src/caf\u00e9.cs"])));
        Assert.Equal("src/cafe\u0301.cs", there);
        Assert.True(PathOverlap.AreSame(there, other, StringComparison.Ordinal));
        Assert.True(PathOverlap.Exists(there, other, StringComparison.Ordinal));
    }

    [Fact]
    public void What_nobody_sees_is_part_of_a_name_that_is_there_only()
    {
        Assert.Throws<TaskLockingException>(() => _paths.Normalize(["src/b\u200b.cs"]));
        Assert.Throws<TaskLockingException>(() => _paths.Normalize(["src/*/b\u202e.cs"]));
        File.WriteAllText(_place.In("src", "b\u200b.cs"), "");
        Assert.Equal(["src/b\u200b.cs"], _paths.Normalize(["src/b\u200b.cs"]));
    }

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
    [InlineData("!x")]
    [InlineData("!src/**")]
    [InlineData("src/!(a|b).cs")]
    [InlineData("src/+(a|b)")]
    [InlineData("@(a)")]
    [InlineData("?(a).cs")]
    [InlineData("*(x)")]
    [InlineData("(a|b)/x")]
    [InlineData("src/[ab")]
    [InlineData("[]")]
    [InlineData("[!]]x[")]
    [InlineData("[!]a]x")]
    [InlineData("src/[!]]x")]
    [InlineData("[\\]]x")]
    [InlineData("[^]")]
    [InlineData("[z-a]")]
    [InlineData("[[:alpha:]].cs")]
    [InlineData("[a\\b]")]
    [InlineData("{a,b")]
    [InlineData("*.{ts,{tsx}")]
    [InlineData("{a}")]
    [InlineData("{}")]
    [InlineData("{1..9}")]
    [InlineData("x{a..c}")]
    [InlineData("{/a,b}")]
    [InlineData("{a,..}/b")]
    [InlineData("*/{a,b}/../c")]
    [InlineData("{a,b**}")]
    [InlineData("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}")]
    [InlineData("{{{{{{{{{{{a,b},b},b},b},b},b},b},b},b},b},b}")]
    public void What_is_no_path_is_refused(string? path)
    {
        var thrown = Assert.Throws<TaskLockingException>(() => _paths.Normalize(["src/a.cs", path!]));
        Assert.Equal(RefusalCode.InvalidArgument, thrown.Refusal.Code);
    }

    [Theory]
    [InlineData("!a]x")]
    [InlineData("[!]a]x")]
    [InlineData("\\]x")]
    [InlineData("[\\]]x")]
    public void A_name_with_such_brackets_is_itself_where_it_is_called_literal(string name)
    {
        if (Path.DirectorySeparatorChar == '\\' && name.Contains('\\'))
            return; // there it parts names
        var canonical = Assert.Single(_paths.Normalize([CallerPath.Literal(name)]));
        Assert.Equal(name, PathSyntax.Plain(canonical));
        Assert.False(PathSyntax.IsPattern(canonical));
        Assert.Equal([canonical], _paths.Normalize([canonical]));
    }

    [Fact]
    public void Half_a_character_is_refused() => Assert.Throws<TaskLockingException>(() => _paths.Normalize(["\ud800"]));

    [Theory]
    [InlineData("+(a|b)", "[+](a[|]b)")]
    [InlineData("src/[ab", "src/[[]ab")]
    [InlineData("src/*/{a", "src/[*]/[{]a")]
    [InlineData("*.{ts,tsx}", "*.{ts,tsx}")]
    public void Of_a_lease_that_is_there_what_is_not_understood_is_a_name(string given, string canonical) =>
        Assert.Equal([canonical], _paths.Normalize([given], isKnown: true));

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
