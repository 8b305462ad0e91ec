using System;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class FileCommandTests
{
    [Fact]
    public void Lock_of_one_is_the_lease_and_of_several_an_array()
    {
        using var workspace = new CliWorkspace();
        var lease = workspace.Run("file", "lock", "src/a.cs", "--agent", "a", "--json").Document();
        Assert.Equal(["path", "agent", "shared", "since", "expires", "task_id", "host", "pid", "process_start"], lease.EnumerateObject()
            .Select(each => each.Name));
        Assert.Equal("src/a.cs", lease.GetProperty("path").GetString());
        Assert.False(lease.GetProperty("shared").GetBoolean());
        Assert.Equal(JsonValueKind.Null, lease.GetProperty("pid").ValueKind);
        Assert.Equal(TimeSpan.FromMinutes(30),
            lease.GetProperty("expires").GetDateTimeOffset() - lease.GetProperty("since").GetDateTimeOffset());
        var pid = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var leases = workspace.Run("file", "lock", "b.cs", "doc/**", "--agent", "a", "--shared", "--ttl", "2h", "--pid", pid,
            "--json").Document();
        Assert.Equal(["b.cs", "doc/**"], TasklockAnswer.Texts(leases, "path"));
        Assert.True(leases[0].GetProperty("shared").GetBoolean());
        Assert.Equal(Environment.ProcessId, leases[0].GetProperty("pid").GetInt32());
    }

    [Fact]
    public void A_file_of_somebody_else_is_refused_and_nothing_is_taken()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("file", "lock", "src/a.cs", "--agent", "a");
        var answer = workspace.Run("file", "lock", "b.cs", "src/*.cs", "--agent", "b", "--json");
        Assert.Equal("", answer.Output);
        var refusal = answer.Refusal("FileLocked", 3);
        Assert.Equal("src/*.cs", refusal.GetProperty("path").GetString());
        Assert.Equal("a", refusal.GetProperty("agent").GetString());
        Assert.EndsWith("Z", refusal.GetProperty("expires").GetString()!, StringComparison.Ordinal);
        Assert.Empty(workspace.Run("file", "list", "--agent", "b", "--json").Document().EnumerateArray());
    }

    [Fact]
    public void Shared_leases_share_and_the_list_is_by_path()
    {
        using var workspace = new CliWorkspace();
        Assert.Equal(0, workspace.Run("file", "lock", "b.cs", "a.cs", "--agent", "a", "--shared").ExitCode);
        Assert.Equal(0, workspace.Run("file", "lock", "a.cs", "--agent", "b", "--shared").ExitCode);
        Assert.Equal(["a.cs", "a.cs", "b.cs"], TasklockAnswer.Texts(workspace.Run("file", "list", "--json").Document(), "path"));
        Assert.Equal(["b"], TasklockAnswer.Texts(workspace.Run("file", "list", "--agent", "b", "--json").Document(), "agent"));
        Assert.Contains("shared", workspace.Run("file", "list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Unlock_is_the_owners_or_forced_and_nothing_is_no_error()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("file", "lock", "a.cs", "b.cs", "c.cs", "--agent", "a");
        var refusal = workspace.Run("file", "unlock", "a.cs", "--agent", "b", "--json").Refusal("NotOwner", 7);
        Assert.Equal("a", refusal.GetProperty("agent").GetString());
        Assert.Equal("a.cs", workspace.Run("file", "unlock", "a.cs", "--agent", "a", "--json").Document().GetProperty("path").GetString());
        Assert.Equal(JsonValueKind.Null, workspace.Run("file", "unlock", "a.cs", "--agent", "a", "--json").Document().ValueKind);
        Assert.Equal("b.cs",
            workspace.Run("file", "unlock", "b.cs", "--agent", "b", "--force", "--json").Document().GetProperty("path").GetString());
        Assert.Equal(["c.cs"], TasklockAnswer.Texts(workspace.Run("file", "unlock", "--all", "--agent", "a", "--json").Document(), "path"));
        Assert.Empty(workspace.Run("file", "list", "--json").Document().EnumerateArray());
    }

    [Fact]
    public void Test_tells_what_lock_would_and_takes_nothing()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("file", "lock", "src/a.cs", "--agent", "a");
        Assert.True(workspace.Run("file", "test", "src/**", "--agent", "a", "--json").Document().GetProperty("free").GetBoolean());
        var answer = workspace.Run("file", "test", "b.cs", "src/**", "--agent", "b", "--json");
        Assert.Equal(3, answer.ExitCode);
        Assert.Equal("", answer.Error);
        Assert.Equal([true, false], answer.Partial().EnumerateArray().Select(each => each.GetProperty("free").GetBoolean()));
        Assert.Equal("a", answer.Partial()[1].GetProperty("conflicts")[0].GetProperty("agent").GetString());
        Assert.Equal(3, workspace.Run("file", "test", "src/a.cs", "--agent", "b", "--shared").ExitCode);
        Assert.Single(workspace.Run("file", "list", "--json").Document().EnumerateArray());
    }
}
