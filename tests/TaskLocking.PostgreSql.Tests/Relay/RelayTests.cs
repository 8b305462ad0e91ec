using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text.Json;
using TaskLocking.PostgreSql;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Relay;

/// <summary>The relay as a program: who uses it, who may not be believed, and what it leaves.</summary>
public sealed class RelayTests : IDisposable
{
    private const int Nobody = 65534;

    private readonly string _board = Guid.NewGuid().ToString("N");
    private readonly RelayProcess? _relay;

    public RelayTests()
    {
        _ = Address;
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals and owners are looked at on Linux");
        _relay = new RelayProcess();
        Command.Environment["TASKLOCKING_WORKSPACE"] = Address;
    }

    private string Address => SharedCluster.Current.Address(_board);

    private Command Command => _relay!.Command;

    public void Dispose() => _relay?.Dispose();

    [Fact]
    public void Commands_use_it_and_need_no_connection_of_their_own()
    {
        var role = "r" + _board;
        SharedCluster.Current.Run($"create role {role} login connection limit 1");
        PostgresSchema.Migrate(Address, role);
        Command.Environment["TASKLOCKING_WORKSPACE"] = Address;
        Command.Done("task", "new", "A");
        Command.Environment["TASKLOCKING_WORKSPACE"] = SharedCluster.Current.Address(_board, role);
        Command.Done("assign", "A", "--to", "b");
        Assert.Equal("b", Command.Json("task", "get", "A").GetProperty("assignee").GetProperty("name").GetString());
        Assert.Equal(1L, SharedCluster.Current.Run($"select count(*) from pg_stat_activity where usename = '{role}' "
            + $"and application_name = '{ServerAddress.ApplicationOf(_relay!.Process.Id)}'"));
        Command.Environment[RelayPlace.Variable] = "off";
        Assert.Equal(10, Command.Run("task", "get", "A", "--timeout", "1").ExitCode);
    }

    [Fact]
    public void The_check_says_whether_one_is_used()
    {
        Command.Done("task", "new", "A");
        Assert.Contains($"Process {_relay!.Process.Id} relays", Check().Detail, StringComparison.Ordinal);
        Command.Environment[RelayPlace.Variable] = "off";
        Assert.Equal((true, true), (Check().Passed, Check().Detail.Contains("is off", StringComparison.Ordinal)));
        Command.Environment[RelayPlace.Variable] = _relay.Folder;
        Assert.Equal(0, _relay.Terminate());
        Assert.Equal((true, true), (Check().Passed, Check().Detail.StartsWith("None runs", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_second_one_is_refused_and_the_first_goes_on()
    {
        var (code, output, error) = Command.Run("relay", "--json");
        Assert.Equal((10, ""), (code, output));
        Assert.Contains("runs already", error, StringComparison.Ordinal);
        Assert.Contains(_relay!.Place.Name, error, StringComparison.Ordinal);
        Command.Done("task", "new", "A");
        Assert.Contains($"Process {_relay.Process.Id} relays", Check().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_one_leaves_is_in_nobodys_way()
    {
        Command.Done("task", "new", "A");
        _relay!.Kill();
        Assert.True(File.Exists(_relay.Place.Name), "it has left nothing");
        Command.Done("task", "new", "B");
        Assert.StartsWith("None runs", Check().Detail, StringComparison.Ordinal);
        _relay.Start();
        Command.Done("task", "new", "C");
        Assert.Contains($"Process {_relay.Process.Id} relays", Check().Detail, StringComparison.Ordinal);
        Assert.Equal(3, Command.Json("task", "get").GetArrayLength());
    }

    [Fact]
    public void One_that_stands_still_keeps_nobody_from_the_server()
    {
        Command.Done("task", "new", "A");
        Signal("-STOP");
        Command.Done("assign", "A", "--to", "b");
        Signal("-CONT");
        Assert.Equal("b", Command.Json("task", "get", "A").GetProperty("assignee").GetProperty("name").GetString());
        using var board = PostgresBoard.Open(Address, Path.GetTempPath());
        Assert.Single(board.GetHistory("A"), entry => entry.Field == "assignee");
    }

    [Fact]
    public void One_that_is_asked_to_end_does_so_and_takes_its_socket_along()
    {
        using var feed = InnerRelay.Open(Address, _relay!.Place);
        feed.Define([new TaskDefinition("A")]);
        Assert.Equal(0, _relay.Terminate());
        Assert.False(File.Exists(_relay.Place.Name));
        Assert.Null(feed.Edit([new TaskEdit("A") { Name = "n" }])[0].Refusal);
    }

    [Fact]
    public void A_folder_or_a_socket_of_somebody_else_is_not_used()
    {
        Assert.SkipUnless(Environment.UserName == "root", "NOT PROVED HERE: only root can give files away.");
        Command.Done("task", "new", "A");
        Chown(_relay!.Place.Name);
        Assert.Equal((false, true), (Check().Passed, Check().Detail.Contains("is not yours", StringComparison.Ordinal)));
        Command.Done("task", "new", "B");
        Chown(_relay.Folder);
        Assert.Equal((false, true), (Check().Passed, Check().Detail.Contains("is no folder of yours", StringComparison.Ordinal)));
        Command.Done("task", "new", "C");
        _relay.Kill();
        var (code, _, error) = Command.Run("relay");
        Assert.NotEqual((0, 1), (code, code));
        Assert.Contains(_relay.Folder, error, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_others_may_enter_is_not_used()
    {
        Command.Done("task", "new", "A");
        File.SetUnixFileMode(_relay!.Folder, File.GetUnixFileMode(_relay.Folder) | UnixFileMode.GroupExecute);
        Assert.Equal((false, true), (Check().Passed, Check().Detail.Contains("chmod 700", StringComparison.Ordinal)));
        Command.Done("task", "new", "B");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_folder_is_for_its_owner_alone_and_so_is_the_socket()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_relay!.Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_relay.Place.Name));
    }

    [Theory]
    [InlineData("on")]
    [InlineData("relative/folder")]
    public void What_is_neither_off_nor_a_folder_is_refused(string value)
    {
        Command.Environment[RelayPlace.Variable] = value;
        var (code, _, error) = Command.Run("task", "new", "A");
        Assert.Equal(2, code);
        Assert.Contains(RelayPlace.Variable, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_names_a_board_that_cannot_be_used_is_told_so_and_starts_none()
    {
        Assert.Equal(0, _relay!.Terminate());
        var (code, output, error) = Command.Run("relay", SharedCluster.Current.Address(_board, "nobody" + _board));
        Assert.NotEqual((0, 1), (code, code));
        Assert.Empty(output);
        Assert.Contains("does not let us in", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_relay.Place.Name));
    }

    [Fact]
    public void Strangers_words_end_their_way_and_nothing_else()
    {
        for (var number = 0; number < 20; number++)
        {
            using var link = _relay!.Place.Connect(out _)!;
            var bytes = new byte[number * 7];
            new Random(number).NextBytes(bytes);
            link.Send(writer => writer.Write(bytes));
            Assert.ThrowsAny<IOException>(() => link.Receive(TimeSpan.FromSeconds(20)));
        }
        Command.Done("task", "new", "A");
        Assert.Contains($"Process {_relay!.Process.Id} relays", Check().Detail, StringComparison.Ordinal);
    }

    private (bool Passed, string Detail) Check()
    {
        var (_, output, error) = Command.Run("check", "--json");
        Assert.True(output.Length > 0, error);
        var item = JsonDocument.Parse(output).RootElement.GetProperty("items").EnumerateArray()
            .Single(each => each.GetProperty("name").GetString() == "Relay");
        return (item.GetProperty("passed").GetBoolean(), item.GetProperty("detail").GetString()!);
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_relay!.Process.Id}"]);
        kill.WaitForExit();
    }

    private static void Chown(string path)
    {
        using var chown = Process.Start("chown", [$"{Nobody}", path]);
        chown.WaitForExit();
        Assert.Equal(0, chown.ExitCode);
    }
}
