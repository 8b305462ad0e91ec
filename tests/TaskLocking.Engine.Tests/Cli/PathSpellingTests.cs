using System;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>A path means the same file from everywhere; what is no path and no pattern is refused.</summary>
public sealed class PathSpellingTests : IDisposable
{
    private readonly CliWorkspace _workspace = new();

    public PathSpellingTests()
    {
        foreach (var folder in new[] { ".todo2", "src/deep", "app" })
            Directory.CreateDirectory(Path.Combine(_workspace.Folder, folder));
        File.WriteAllText(Path.Combine(_workspace.Folder, "src", "app.cs"), "");
    }

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("src", "app.cs")]
    [InlineData("src/deep", "../app.cs")]
    [InlineData("app", "../src/./app.cs")]
    [InlineData(".", "src\\app.cs")]
    [InlineData("src", ".\\app.cs")]
    [InlineData(".", "src//app.cs/")]
    [InlineData("src", "*.cs")]
    [InlineData(".", "s[qr]c/*.{cs,md}")]
    public void One_file_is_one_lease_from_every_folder(string folder, string path)
    {
        Assert.Equal(0, In(folder, "file", "lock", path, "--agent", "one").ExitCode);
        Assert.Equal(3, In(".", "file", "lock", "src/app.cs", "--agent", "two").ExitCode);
        Assert.Equal(3, In("app", "file", "test", "../src/app.cs", "--agent", "two").ExitCode);
        Assert.Equal(0, In("src", "file", "lock", "other.md5", "--agent", "two").ExitCode);
        Assert.Equal(0, In(folder, "file", "unlock", path, "--agent", "one").ExitCode);
        Assert.Equal(0, In(".", "file", "lock", "src/app.cs", "--agent", "two").ExitCode);
    }

    [Fact]
    public void The_answer_tells_the_canonical_path()
    {
        Assert.Equal("src/new.cs", PathOf(In("src", "file", "lock", "deep/../new.cs", "--agent", "a", "--json")));
        Assert.Equal("src/app.cs", PathOf(In("src", "file", "test", "app.cs", "--agent", "a", "--json")));
        Assert.Equal("src/new.cs", PathOf(In("src/deep", "file", "unlock", "..\\new.cs", "--agent", "a", "--json")));
    }

    [Theory]
    [InlineData("!x")]
    [InlineData("src/+(a|b).cs")]
    [InlineData("src/[ab.cs")]
    [InlineData("src/{a,b.cs")]
    [InlineData("src/[].cs")]
    [InlineData("src/{1..3}.cs")]
    [InlineData("src/a\u200b.cs")]
    public void What_is_not_understood_is_refused_unless_it_is_a_file(string path)
    {
        var refusal = In(".", "file", "lock", path, "--agent", "a", "--json").Refusal("InvalidArgument", 2);
        Assert.NotEqual("", refusal.GetProperty("message").GetString());
        Assert.Equal(2, In(".", "file", "test", path, "--agent", "a").ExitCode);
        Assert.Equal(2, In(".", "task", "new", "T", "--file", path).ExitCode);
        File.WriteAllText(Path.Combine(_workspace.Folder, path), "");
        Assert.Equal(path, PathOf(In(".", "file", "lock", path, "--agent", "a", "--json")));
        Assert.Equal(3, In(".", "file", "lock", path, "--agent", "b").ExitCode);
        Assert.Equal(0, In(".", "task", "new", "T", "--file", path).ExitCode);
    }

    [Fact]
    public void A_file_that_has_letters_of_a_pattern_in_its_name_is_itself()
    {
        foreach (var name in new[] { "[userId].tsx", "[postId].tsx" })
            File.WriteAllText(Path.Combine(_workspace.Folder, "app", name), "");
        Directory.CreateDirectory(Path.Combine(_workspace.Folder, "app", "(group)"));
        Assert.Equal("app/[userId].tsx", PathOf(In("app", "file", "lock", "[userId].tsx", "--agent", "a", "--json")));
        Assert.Equal(0, In("app", "file", "lock", "[postId].tsx", "u.tsx", "(group)/page.tsx", "--agent", "b").ExitCode);
        var refusal = In(".", "file", "lock", "app/[userId].tsx", "--agent", "b", "--json").Refusal("FileLocked", 3);
        Assert.Equal("app/[userId].tsx", refusal.GetProperty("path").GetString());
        Assert.StartsWith("File app/[userId].tsx is locked by agent a until", refusal.GetProperty("message").GetString()!,
            StringComparison.Ordinal);
        File.Delete(Path.Combine(_workspace.Folder, "app", "[userId].tsx"));
        Assert.Equal("app/[userId].tsx", PathOf(In(".", "file", "unlock", "app/[userId].tsx", "--agent", "a", "--json")));
    }

    [Fact]
    public void Literal_names_a_file_that_is_not_there_yet()
    {
        Assert.Equal("app/[id].tsx", PathOf(In("app", "file", "lock", "--literal", "[id].tsx", "--agent", "a", "--json")));
        Assert.Equal(0, In(".", "file", "lock", "app/i.tsx", "--agent", "b").ExitCode);
        Assert.Equal(3, In(".", "file", "lock", "--literal", "app/[id].tsx", "--agent", "b").ExitCode);
        Assert.Equal(0, In("app", "file", "lock", "--literal", "+(a|b)", "--agent", "a").ExitCode);
        Assert.Equal(0, In("app", "file", "unlock", "+(a|b)", "[id].tsx", "--agent", "a").ExitCode);
        Assert.Equal(["app/i.tsx"], TasklockAnswer.Texts(In(".", "file", "list", "--json").Document(), "path"));
    }

    [Fact]
    public void Who_is_about_to_make_the_file_keeps_it_when_it_is_there()
    {
        Assert.Equal(0, In(".", "file", "lock", "app/[id].tsx", "--agent", "a").ExitCode);
        File.WriteAllText(Path.Combine(_workspace.Folder, "app", "[id].tsx"), "");
        Assert.Equal(3, In(".", "file", "lock", "app/[id].tsx", "--agent", "b").ExitCode);
        Assert.Equal(0, In(".", "file", "unlock", "app/[id].tsx", "--agent", "a").ExitCode);
        Assert.Equal(0, In(".", "file", "lock", "app/[id].tsx", "--agent", "b").ExitCode);
    }

    [Fact]
    public void A_tasks_files_are_those_of_the_folder_where_it_was_defined()
    {
        Assert.Equal(0, In("src", "task", "new", "T", "--file", "app.cs", "--file", "deep/**/*.{md,txt}").ExitCode);
        Assert.Equal(0, In("src", "task", "set", "T", "--file", "../app/x.cs", "--file", "app.cs", "--file", "deep/*.{md,txt}").ExitCode);
        Assert.Equal(0, _workspace.RunWith("{\"id\":\"U\",\"files\":[\"src/y.cs\"]}", null, "task", "new", "--from", "-").ExitCode);
        Assert.Equal(0, In(".", "file", "lock", "src/deep/a.txt", "--agent", "other").ExitCode);
        In("src", "assign", "T", "--to", "a");
        In("src", "start", "T", "--agent", "a", "--json").Refusal("FileLocked", 3);
        In(".", "file", "unlock", "--all", "--agent", "other");
        Assert.Equal(0, In("src", "start", "T", "--agent", "a").ExitCode);
        Assert.Equal(["app/x.cs", "src/app.cs", "src/deep/*.{md,txt}"],
            TasklockAnswer.Texts(In(".", "file", "list", "--json").Document(), "path").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_root_of_topics_is_relative_to_the_current_folder()
    {
        Assert.Equal(0, In("src", "topic", "new", "x", "--root", "specs").ExitCode);
        Assert.True(Directory.Exists(Path.Combine(_workspace.Folder, "src", "specs", "001_x")));
        Assert.Equal(["001"], TasklockAnswer.Texts(In("app", "topic", "list", "--root", "../src/specs", "--json").Document(),
            "topic_number"));
    }

    private static string? PathOf(TasklockAnswer answer) => answer.Document().GetProperty("path").GetString();

    private TasklockAnswer In(string folder, params string[] args) =>
        _workspace.RunScript($"cd '{folder}'; exec \"$TASKLOCK\" \"$@\"", args);
}
