using System;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Topics;

/// <summary>
/// Roots as tools and people make them, after their documentation: the next number is the one that a person would give.
/// </summary>
public sealed class TopicLayoutTests
{
    // github/spec-kit: specs/NNN-feature-name, three digits and a hyphen, a branch of the same name each.
    private static readonly string[] SpecKit = ["001-user-authentication", "002-photo-albums", "003-create-taskify"];

    // The origin of these folders: NNN_name, with what its agents leave beside them.
    private static readonly string[] Origin = ["001_setup_auth", "002_lock_files", "archive", "010_review", "TODO.md/", "tmp"];

    // adr-tools and MADR: files of four digits, with a template and an index beside them.
    private static readonly string[] Decisions =
        ["/0000-use-markdown-architectural-decision-records.md", "/0001-use-java.md", "/0012-drop-java.md", "/adr-template.md",
            "/index.md"];

    // Notes by day, as static site generators have their posts.
    private static readonly string[] Dated = ["2024-05-01-kickoff", "2024-05-02-interviews", "20240601_retro", "2023"];

    // All of it, after some years and some hands.
    private static readonly string[] Mixed =
        ["2023_archive", "2024-05-01-kickoff", "001_setup", "02-models", "3. api", "0007-ui", "008", "drafts", "/0009-decision.md"];

    [Theory]
    [InlineData("spec-kit", "004")]
    [InlineData("origin", "011")]
    [InlineData("decisions", "013")]
    [InlineData("dated", "001")]
    [InlineData("mixed", "010")]
    public void The_next_number_is_the_one_that_a_person_would_give(string layout, string next)
    {
        using var project = new TopicProject();
        foreach (var name in Names(layout))
        {
            if (name[0] == '/')
                project.WithFile(name[1..]);
            else
                project.With(name);
        }
        Assert.Equal(next, project.Open().Create(["next"])[0].Number);
    }

    /// <summary>The same where git has them, and nothing of it lies in the tree.</summary>
    [Theory]
    [InlineData("spec-kit", "004")]
    [InlineData("origin", "011")]
    [InlineData("decisions", "013")]
    [InlineData("dated", "001")]
    [InlineData("mixed", "010")]
    public void On_another_branch_they_count_alike(string layout, string next)
    {
        using var git = new RealRepository();
        RealRepository.Put(git.Main, [.. Names(layout).Where(name => name[0] != '/').Select(name => name.TrimEnd('/'))]);
        foreach (var file in Names(layout).Where(name => name[0] == '/'))
            System.IO.File.WriteAllText(System.IO.Path.Combine(git.Main, "specs", file[1..]), "x");
        git.Commit(git.Main);
        var other = git.Worktree("other");
        foreach (var tree in new[] { git.Main, other })
            System.IO.Directory.Delete(System.IO.Path.Combine(tree, "specs"), recursive: true);
        Assert.Equal(next, RealRepository.New(other, "next").Number);
    }

    private static string[] Names(string layout) => layout switch
    {
        "spec-kit" => SpecKit,
        "origin" => Origin,
        "decisions" => Decisions,
        "dated" => Dated,
        "mixed" => Mixed,
        _ => throw new ArgumentOutOfRangeException(nameof(layout)),
    };
}
