using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class TopicCommandTests
{
    [Fact]
    public void A_new_topic_has_the_origins_shape()
    {
        TasklockProcess.NeedOwnPaths();
        using var workspace = new CliWorkspace();
        var topic = workspace.Run("topic", "new", "Auth Flow!", "--json").Document();
        Assert.Equal(["topic_number", "topic_name", "topic_path", "project_root", "specs_dir", "artifact_paths"], topic.EnumerateObject()
            .Select(each => each.Name));
        Assert.Equal("001", topic.GetProperty("topic_number").GetString());
        Assert.Equal("auth_flow", topic.GetProperty("topic_name").GetString());
        Assert.True(Directory.Exists(topic.GetProperty("topic_path").GetString()));
        Assert.Equal(Path.Combine(topic.GetProperty("project_root").GetString()!, ".claude", "specs"),
            topic.GetProperty("specs_dir").GetString());
        Assert.Equal(["reports", "plans", "summaries", "debug", "scripts", "outputs"], topic.GetProperty("artifact_paths").EnumerateObject()
            .Select(each => each.Name));
        Assert.Empty(Directory.EnumerateFileSystemEntries(topic.GetProperty("topic_path").GetString()!));
    }

    [Fact]
    public void Several_names_are_an_array_and_reuse_gives_what_is_there()
    {
        using var workspace = new CliWorkspace();
        Assert.Equal(["001", "002"],
            TasklockAnswer.Texts(workspace.Run("topic", "new", "a", "b", "--root", "specs", "--json").Document(), "topic_number"));
        Assert.Equal("001",
            workspace.Run("topic", "new", "A", "--root", "specs", "--reuse", "--json").Document().GetProperty("topic_number").GetString());
        Assert.Equal("003",
            workspace.Run("topic", "new", "A", "--root", "specs", "--json").Document().GetProperty("topic_number").GetString());
        Assert.Equal(["001", "002", "003"], TasklockAnswer.Texts(workspace.Run("topic", "list", "--json").Document(), "topic_number"));
    }

    [Fact]
    public void A_name_with_nothing_left_is_refused()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("topic", "new", "ok", "!!!", "--json").Refusal("InvalidArgument", 2);
        Assert.Equal(JsonValueKind.Array, workspace.Run("topic", "list", "--json").Document().ValueKind);
        Assert.Empty(workspace.Run("topic", "list", "--json").Document().EnumerateArray());
    }

    [Fact]
    public void An_artifact_folder_is_made_when_it_is_asked_for()
    {
        TasklockProcess.NeedOwnPaths();
        using var workspace = new CliWorkspace();
        workspace.Run("topic", "new", "a");
        var artifact = workspace.Run("topic", "artifact", "001", "reports", "--json").Document();
        Assert.Equal("001", artifact.GetProperty("topic_number").GetString());
        Assert.Equal("reports", artifact.GetProperty("kind").GetString());
        Assert.True(Directory.Exists(artifact.GetProperty("path").GetString()));
        Assert.Equal(artifact.GetProperty("path").GetString(), workspace.Run("topic", "artifact", "1", "reports").Output.TrimEnd());
        workspace.Run("topic", "artifact", "1", "nonsense", "--json").Refusal("InvalidArgument", 2);
    }

    [Fact]
    public void Check_exits_with_6_on_an_error_and_0_on_a_remark()
    {
        using var workspace = new CliWorkspace();
        var specs = Path.Combine(workspace.Folder, "specs");
        Directory.CreateDirectory(Path.Combine(specs, "001_a"));
        Directory.CreateDirectory(Path.Combine(specs, "003_b"));
        var remark = workspace.Run("topic", "check", "--json").Document();
        Assert.True(remark.GetProperty("passed").GetBoolean());
        Assert.Equal(["gap"], TasklockAnswer.Texts(remark.GetProperty("issues"), "kind"));
        Directory.CreateDirectory(Path.Combine(specs, "003_c"));
        var answer = workspace.Run("topic", "check", "--json");
        Assert.Equal(6, answer.ExitCode);
        Assert.False(answer.Partial().GetProperty("passed").GetBoolean());
        Assert.Contains("duplicate", TasklockAnswer.Texts(answer.Partial().GetProperty("issues"), "kind"));
    }

    [Fact]
    public void In_a_repository_scope_says_among_whom_a_number_is_the_only_one()
    {
        using var workspace = new CliWorkspace();
        workspace.RunScript("git init -q . && exec true");
        var topic = workspace.Run("topic", "new", "a", "--root", "specs", "--json").Document();
        Assert.Equal(("001", "repository"), (topic.GetProperty("topic_number").GetString(), topic.GetProperty("scope").GetString()));
        var local = workspace.Run("topic", "new", "b", "--root", "specs", "--reserve", "remote", "--json");
        Assert.Equal("local", local.Partial().GetProperty("scope").GetString());
        Assert.Contains("\"TopicLocal\"", local.Error, StringComparison.Ordinal);
        workspace.Run("topic", "new", "c", "--root", "specs", "--reserve", "remote", "--strict", "--json").Refusal("StoreUnavailable", 10);
        workspace.Run("topic", "new", "c", "--root", "specs", "--reserve", "everywhere", "--json").Refusal("InvalidArgument", 2);
        Directory.Delete(Path.Combine(workspace.Folder, "specs", "002_b"), recursive: true);
        Assert.Equal(["002"], TasklockAnswer.Texts(workspace.Run("topic", "release", "--root", "specs", "--json").Document(),
            "topic_number"));
        Assert.True(workspace.Run("topic", "release", "2", "--root", "specs", "--json").Document()[0].GetProperty("released").GetBoolean());
    }

    [Fact]
    public void Without_git_on_the_path_it_is_said_what_was_not_looked_at()
    {
        using var workspace = new CliWorkspace();
        workspace.RunScript("git init -q . && exec true");
        var nothing = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = workspace.Folder };
        var answer = workspace.RunWith("", nothing, "topic", "new", "a", "--root", "specs", "--json");
        Assert.Equal(("001", "local"), (answer.Partial().GetProperty("topic_number").GetString(),
            answer.Partial().GetProperty("scope").GetString()));
        Assert.Contains("git is not found by PATH", answer.Error, StringComparison.Ordinal);
        workspace.RunWith("", nothing, "topic", "new", "b", "--root", "specs", "--strict", "--json").Refusal("StoreUnavailable", 10);
        workspace.RunWith("", nothing, "topic", "renumber", "--root", "specs", "--json").Refusal("StoreUnavailable", 10);
    }

    [Fact]
    public void Renumber_shows_what_it_would_do_and_does_it()
    {
        using var workspace = new CliWorkspace();
        workspace.RunScript("""
            git init -q -b main . && git config user.name n && git config user.email e@example.org
            mkdir -p specs/001_a && echo '# a' >specs/001_a/spec.md && git add -A && git commit -qm a
            mkdir -p specs/001_b && echo 'specs/001_b is #1' >specs/001_b/spec.md && exec true
            """);
        var preview = workspace.Run("topic", "renumber", "--what-if", "--json").Document();
        Assert.True(preview.GetProperty("what_if").GetBoolean());
        Assert.Equal(["002"], TasklockAnswer.Texts(preview.GetProperty("moves"), "new_number"));
        Assert.True(Directory.Exists(Path.Combine(workspace.Folder, "specs", "001_b")));
        Assert.Equal(6, workspace.Run("topic", "check").ExitCode);
        var done = workspace.Run("topic", "renumber", "1", "--json").Document();
        Assert.Equal(["specs/001_b", "#1"], TasklockAnswer.Texts(done.GetProperty("mentions"), "text"));
        Assert.Equal("specs/002_b is #1\n", File.ReadAllText(Path.Combine(workspace.Folder, "specs", "002_b", "spec.md")));
        Assert.Equal(0, workspace.Run("topic", "check").ExitCode);
        workspace.Run("topic", "renumber", "x", "--json").Refusal("InvalidArgument", 2);
        workspace.Run("topic", "check", "--against", "nowhere", "--json").Refusal("InvalidArgument", 2);
    }
}
