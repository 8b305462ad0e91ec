using System;
using System.IO;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>A board in PostgreSQL as the workspace of the command.</summary>
public sealed class WorkspaceTests : IDisposable
{
    private readonly Command _command = new();
    private readonly string _board = Guid.NewGuid().ToString("N");

    private string Address => SharedCluster.Current.Address(_board);

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Agents_need_not_know_where_the_redirect_leads()
    {
        Directory.CreateDirectory(Path.Combine(_command.Folder, ".todo2"));
        File.WriteAllText(Path.Combine(_command.Folder, ".todo2", "redirect"), Address + "\n");
        _command.Done("task", "new", "T-1", "--name", "first");
        var task = _command.Json("next", "--agent", "a", "--start");
        Assert.Equal("T-1", task.GetProperty("id").GetString());
        _command.Done("complete", "T-1", "--agent", "a", "--token",
            task.GetProperty("taskLocking").GetProperty("claim").GetProperty("token").GetInt64().ToString(
                System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("Done", _command.Json("task", "get", "T-1").GetProperty("status").GetString());
        Assert.Equal("redirect",
            Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_command.Folder, ".todo2")))));
        var (code, _, error) = _command.Run("task", "get", "--workspace", _command.Folder);
        Assert.Equal(10, code);
        Assert.Contains(Address, error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_done_there_says_so_in_a_sentence()
    {
        _command.Environment["TASKLOCKING_WORKSPACE"] = Address;
        _command.Done("task", "new", "T-1");
        foreach (var words in new[] { "metrics", "stress --phase topics", "sync --into ." })
        {
            var (code, output, error) = _command.Run(words.Split(' '));
            Assert.True(code is 2 or 10, words + " ended with " + code);
            Assert.Empty(output);
            Assert.Single(error.TrimEnd('\n').Split('\n'));
            Assert.Contains(Address, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_check_tells_what_it_rests_on()
    {
        _command.Environment["TASKLOCKING_WORKSPACE"] = Address;
        var report = _command.Json("check");
        Assert.True(report.GetProperty("passed").GetBoolean());
        Assert.Equal(Address, report.GetProperty("workspace").GetString());
        Assert.Contains("all holds", _command.Done("check"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_under_a_lock_is_let_through_and_others_are_told_who_holds()
    {
        _command.Environment["TASKLOCKING_WORKSPACE"] = Address;
        _command.Done("task", "new", "T-1");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It starts a shell.");
        using var held = _command.Start("lock", "T-1", "--agent", "holder", "--", "sh", "-c", "echo held; sleep 300");
        Assert.Equal("held", held.StandardOutput.ReadLine());
        var (code, _, error) = _command.Run("task", "set", "T-1", "--name", "n", "--timeout", "0");
        Assert.Equal(5, code);
        Assert.Contains("holder", error, StringComparison.Ordinal);
        held.Kill(entireProcessTree: true);
        held.WaitForExit();
        // Whoever was killed here holds nothing any more, be its lease as long as it may.
        Assert.Contains("changed", _command.Done("task", "set", "T-1", "--name", "free", "--timeout", "20"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_server_answers_it_ends_in_time_and_says_which()
    {
        var port = ScratchCluster.FreePort();
        var (code, _, error) = _command.Run("task", "get", "--workspace", $"postgres://me@127.0.0.1:{port}/d/b", "--timeout", "0");
        Assert.Equal(10, code);
        Assert.Contains("'b'", error, StringComparison.Ordinal);
    }
}
