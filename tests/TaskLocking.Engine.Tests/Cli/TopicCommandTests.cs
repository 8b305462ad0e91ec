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
}
