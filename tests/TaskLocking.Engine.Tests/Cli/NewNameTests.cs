using System;
using System.IO;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class NewNameTests
{
    [Theory]
    [InlineData("T-1\u200b")]
    [InlineData("T\u20111")]
    [InlineData("t-1")]
    [InlineData("\uff34-1")]
    [InlineData("T-1\u202e")]
    [InlineData("T-1\u3164")]
    [InlineData("T-1\u2800")]
    [InlineData("T-\ufe0f1")]
    [InlineData("T-\ue0001")]
    public void One_id_to_the_eye_is_defined_once(string id)
    {
        using var workspace = new CliWorkspace();
        Assert.Equal(0, workspace.Run("task", "new", "T-1").ExitCode);
        workspace.Run("task", "new", id, "--json").Refusal("InvalidArgument", 2);
        Assert.Single(workspace.Run("task", "get", "--json").Document().EnumerateArray());
    }

    [Theory]
    [InlineData("a\u200b")]
    [InlineData("a\u001b[31m")]
    [InlineData(" a")]
    [InlineData("BOB")]
    public void Agents_swarms_and_tags_are_seen_and_told_apart(string name)
    {
        using var workspace = new CliWorkspace();
        Assert.Equal(0, workspace.Run("task", "new", "T", "--swarm", "bob", "--tag", "bob").ExitCode);
        Assert.Equal(0, workspace.Run("agent", "add", "bob").ExitCode);
        string[][] commands =
        [
            ["agent", "add", name], ["task", "new", "U", "--swarm", name], ["task", "new", "U", "--tag", name],
            ["assign", "T", "--to", name], ["next", "--agent", name], ["file", "lock", "x", "--agent", name],
        ];
        foreach (var args in commands)
            workspace.Run([.. args, "--json"]).Refusal("InvalidArgument", 2);
        Assert.Equal(0, workspace.Run("task", "new", "V", "--swarm", "bob", "--tag", "bob", "--allow", "bob").ExitCode);
    }

    [Theory]
    [InlineData("a\u001bb", 2)]
    [InlineData("a\u202eb", 2)]
    [InlineData("a ", 2)]
    [InlineData("Überprüfung 認証 \U0001f468\u200d\U0001f4bb", 0)]
    public void A_name_is_for_people_to_see(string name, int exitCode)
    {
        using var workspace = new CliWorkspace();
        Assert.Equal(exitCode, workspace.Run("task", "new", "T", "--name", name).ExitCode);
    }

    [Fact]
    public void What_a_document_brings_is_used_on()
    {
        using var workspace = new CliWorkspace();
        Directory.CreateDirectory(Path.GetDirectoryName(workspace.Document)!);
        File.WriteAllText(workspace.Document, """
            {"todos":[
              {"id":"T\u200b","name":"a","status":"Todo","tags":["x\u200b"],"assignee":{"type":"agent","name":"bo\u200bb"}},
              {"id":"A","status":"Todo"},
              {"id":"a","status":"Todo"}]}
            """);
        Assert.Equal(0, workspace.Run("start", "T\u200b", "--agent", "bo\u200bb").ExitCode);
        Assert.Equal(0, workspace.Run("complete", "T\u200b", "--agent", "bo\u200bb").ExitCode);
        Assert.Equal(0, workspace.Run("task", "set", "A", "a", "--tag", "x\u200b", "--tag", "y").ExitCode);
        Assert.Equal(2, workspace.Run("task", "new", "t").ExitCode);
        Assert.Equal(3, workspace.Run("task", "new", "a").ExitCode);
    }

    [Fact]
    public void A_topic_in_any_script_gets_a_readable_name()
    {
        TasklockProcess.NeedOwnPaths();
        using var workspace = new CliWorkspace();
        string[] names = ["Überprüfung der Straße", "Проверка", "Ελλάδα", "認証フロー"];
        var paths = workspace.Run(["topic", "new", .. names]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["001_uberprufung_der_strasse", "002_proverka", "003_ellada", "004_topic"],
            Array.ConvertAll(paths, path => Path.GetFileName(path)));
        workspace.Run("topic", "new", "…!", "--json").Refusal("InvalidArgument", 2);
    }

    [Fact]
    public void A_topic_follows_what_others_numbered_and_names_what_is_not_clear()
    {
        using var workspace = new CliWorkspace();
        string[] there = ["001-user-login", "02 billing", "010.export", "20260319-143022-hotfix", "2024_archive", "12345-issue"];
        foreach (var name in there)
            Directory.CreateDirectory(Path.Combine(workspace.Folder, "specs", name));
        var answer = workspace.Run("topic", "new", "next");
        Assert.EndsWith("011_next\n", answer.Output, StringComparison.Ordinal);
        Assert.Single(answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("12345-issue", answer.Error, StringComparison.Ordinal);
        var listed = workspace.Run("topic", "list", "--json");
        Assert.Contains("12345-issue", listed.Error, StringComparison.Ordinal);
        using var topics = JsonDocument.Parse(listed.Output);
        Assert.Equal(["001", "02", "010", "011"], TasklockAnswer.Texts(topics.RootElement, "topic_number"));
        var check = workspace.Run("topic", "check", "--json");
        Assert.Equal(6, check.ExitCode);
        Assert.Contains("dated", TasklockAnswer.Texts(check.Partial().GetProperty("issues"), "kind"));
        Assert.Contains("12345-issue", TasklockAnswer.Texts(check.Partial().GetProperty("issues"), "subject"));
    }
}
