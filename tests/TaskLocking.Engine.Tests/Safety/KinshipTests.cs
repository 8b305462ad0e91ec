using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json.Nodes;
using TaskLocking.Tests.Cli;
using Xunit;

namespace TaskLocking.Tests.Safety;

/// <summary>A command that was started under a lock is let through it, and nobody else is, whatever he says that he is.</summary>
public sealed class KinshipTests : IDisposable
{
    private readonly CliWorkspace _place = new CliWorkspace().With("A", "B");

    public KinshipTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a kernel that tells who holds a lock.");

    public void Dispose() => _place.Dispose();

    private string Holder => Path.Combine(_place.Folder, ".todo2", "locks", "task_A.holder");

    [Theory]
    [InlineData("$TASKLOCK task set A --name mine")]
    [InlineData("(sh -c \"sh -c '$TASKLOCK task set A --name mine'\")")]
    [InlineData("$TASKLOCK lock B -- $TASKLOCK task set A --name mine")]
    public void A_child_however_far_down_is_let_through(string command) =>
        Assert.Equal(0,
            _place.RunScript($"export TASKLOCK; exec $TASKLOCK lock A -- bash -c " +
                $"'{command.Replace("'", "'\\''", StringComparison.Ordinal)}'").ExitCode);

    [Fact]
    public void Who_knows_the_name_of_the_session_is_not_its_child()
    {
        using var held = _place.Hold("A");
        var session = (string)JsonNode.Parse(File.ReadAllText(Holder))!["session"]!;
        AssertKeptOut(session);
    }

    [Fact]
    public void Who_writes_his_own_session_into_the_holder_file_is_not_its_child()
    {
        using var held = _place.Hold("A");
        var told = JsonNode.Parse(File.ReadAllText(Holder))!;
        told["session"] = "forged";
        // The test is an ancestor of the command, and holds nothing.
        told["pid"] = Environment.ProcessId;
        File.WriteAllText(Holder, told.ToJsonString());
        AssertKeptOut("forged");
    }

    [Fact]
    public void Who_forges_a_holder_does_not_make_others_believe_that_they_wait_for_themselves()
    {
        using var held = _place.Hold("A");
        File.WriteAllText(Holder, """{"session":"victim","task":"A"}""");
        var environment = new Dictionary<string, string> { [LockSession.Variable] = "victim" };
        _place.RunWith("", environment, "--json", "lock", "A", "--timeout", "0", "--", "true").Refusal("LockTimeout", 5);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"session\":7,\"pid\":\"x\",\"since\":\"never\",\"task\":{}}")]
    [InlineData("{\"session\":\"\\u001b]0;x\\u0007\",\"agent\":\"$(touch pwned)\",\"pid\":99999999999}")]
    [InlineData("not json")]
    [InlineData("")]
    public void Whatever_stands_in_a_holder_file_only_the_hint_is_lost(string content)
    {
        using var held = _place.Hold("A");
        File.WriteAllText(Holder, content);
        AssertKeptOut("any");
        Assert.Empty(Directory.GetFiles(_place.Folder, "pwned", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("J-$(touch pwned)")]
    [InlineData("../../../pwned")]
    [InlineData("-rf /")]
    [InlineData("a;touch pwned #")]
    public void An_id_is_neither_code_nor_a_path(string id)
    {
        using (var board = TaskBoard.Open(_place.Folder))
        {
            board.Define([new TaskDefinition(id)]);
            using var held = board.Hold([id]);
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(_place.Folder, ".todo2", "locks"), "*.holder"));
        }
        Assert.Empty(Directory.GetFiles(_place.Folder, "pwned*", SearchOption.AllDirectories));
        Assert.All(Directory.GetFiles(Path.Combine(_place.Folder, ".todo2", "locks")),
            path => Assert.StartsWith("task_", Path.GetFileName(path), StringComparison.Ordinal));
    }

    private void AssertKeptOut(string session)
    {
        var environment = new Dictionary<string, string> { [LockSession.Variable] = session };
        _place.RunWith("", environment, "--json", "task", "set", "A", "--name", "stolen", "--timeout", "0").Refusal("LockTimeout", 5);
        Assert.NotEqual("stolen", _place.Run("task", "get", "A", "--json").Document().GetProperty("name").GetString());
    }
}
