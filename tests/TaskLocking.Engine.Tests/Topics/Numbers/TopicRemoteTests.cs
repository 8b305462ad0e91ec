using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using TaskLocking.Tests.Cli;
using TaskLocking.Topics;
using Xunit;

namespace TaskLocking.Tests.Topics;

/// <summary>Numbers that clones reserve at a remote, by git itself.</summary>
public sealed class TopicRemoteTests : IDisposable
{
    private const int Processes = 20;

    private static readonly TopicRequest Remote = new() { Reserve = TopicReserve.Remote };
    private static readonly TopicRequest Strict = Remote with { IsStrict = true };

    private readonly RealRepository _git = new();
    private readonly string _bare;

    public TopicRemoteTests()
    {
        RealRepository.Put(_git.Main, "001_a");
        _git.Commit(_git.Main);
        _bare = _git.In("bare.git");
        _git.Git(_git.Main, "clone", "-q", "--bare", _git.Main, _bare);
        _git.Git(_bare, "config", "http.receivepack", "true");
    }

    public void Dispose() => _git.Dispose();

    [Fact]
    public void Clones_that_know_nothing_of_each_other_get_different_numbers()
    {
        var (one, two) = (_git.Clone("one", _bare), _git.Clone("two", _bare));
        Assert.Equal(("002", TopicScope.Remote), (RealRepository.New(one, "x", Strict).Number, RealRepository.New(one, "y", Strict).Scope));
        Assert.Equal("004", RealRepository.New(two, "z", Strict with { Fetch = false }).Number);
        // On a branch of somebody who did not reserve.
        RealRepository.Put(one, "007_by_hand");
        _git.Commit(one);
        _git.Git(one, "push", "-q", "origin", "HEAD:refs/heads/side");
        Assert.Equal("008", RealRepository.New(two, "u", Strict).Number);
        Assert.Equal(["002", "003", "004", "008"], Reserved());
        var text = _git.Git(_bare, "cat-file", "blob", "refs/tasklock/topics/specs/002");
        Assert.Matches("^topic 002 x\nagent .+\nhost .+\ntime .+Z\nnonce [0-9a-f]{32}$", text);
    }

    [Fact]
    public void The_same_name_is_the_same_number_also_where_nothing_but_the_reservation_tells()
    {
        var (one, two) = (_git.Clone("one", _bare), _git.Clone("two", _bare));
        var reuse = Strict with { Reuse = true };
        Assert.Equal("002", RealRepository.New(one, "Auth flow", reuse).Number);
        Assert.Equal("002", RealRepository.New(two, "auth flow", reuse, StoreNoticeKind.TopicElsewhere).Number);
        Assert.Equal("002", RealRepository.New(_git.Clone("three", _bare), "AUTH FLOW", reuse with { Fetch = false },
            StoreNoticeKind.TopicElsewhere).Number);
        Assert.Equal(["002"], Reserved());
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("hook")]
    [InlineData("none")]
    [InlineData("password")]
    public void Where_nothing_can_be_reserved_it_is_said_or_refused(string way)
    {
        using var server = new GitHttpServer(_git.In());
        var clone = _git.Clone("one", _bare);
        if (way == "gone")
            Directory.Move(_bare, _bare + ".away");
        else if (way == "none")
            _git.Git(clone, "remote", "remove", "origin");
        else if (way == "password")
            _git.Git(clone, "remote", "set-url", "origin", server.Address + "private/bare.git");
        else
            Hook("echo 'not for you' >&2; exit 1");
        Assert.Equal(RefusalCode.StoreUnavailable, TopicProject.CodeOf(() => RealRepository.New(clone, request: Strict)));
        Assert.Equal(["001_a"], Directory.EnumerateDirectories(Path.Combine(clone, "specs")).Select(Path.GetFileName));
        Assert.Equal("", _git.Git(clone, "for-each-ref", "refs/tasklock"));
        var topic = RealRepository.New(clone, request: Remote, told: StoreNoticeKind.TopicLocal);
        Assert.Equal(("002", TopicScope.Local), (topic.Number, topic.Scope));
    }

    [Fact]
    public void Of_several_remotes_one_is_named_or_it_is_said_which_was_asked()
    {
        var clone = _git.Clone("one", _bare);
        _git.Git(clone, "remote", "add", "fork", _git.Main);
        Assert.Equal(TopicScope.Local, RealRepository.New(clone, "x", Remote, StoreNoticeKind.TopicLocal).Scope);
        Assert.Equal(TopicScope.Remote, RealRepository.New(clone, "y", Strict with { Remote = "origin" }).Scope);
        Assert.Equal(["002", "003"], Reserved());
        Assert.Equal(RefusalCode.InvalidArgument, TopicProject.CodeOf(() =>
            RealRepository.New(clone, "z", Remote with { Remote = "upstream" })));
    }

    [Fact]
    public void Nobody_waits_for_a_server_that_does_not_answer()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var git = new GitProgram(GitProgram.Find()!, _git.Main, CancellationToken.None);
        var address = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/x.git";
        var failure = Assert.Throws<GitFailure>(() =>
            git.Run(["ls-remote", address], longest: TimeSpan.FromMilliseconds(300), connects: true));
        Assert.Contains("did not end", failure.Message, StringComparison.Ordinal);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            new GitProgram(GitProgram.Find()!, _git.Main, cancelled.Token).Run(["ls-remote", address], connects: true));
        // What needs no server may not speak with one.
        Assert.False(git.Run(["ls-remote", "file://" + _bare]).IsGood);
    }

    [Fact]
    public void Two_clones_with_twenty_processes_each_get_every_number_once_over_files() => Race("file://" + _bare);

    [Fact]
    public void Two_clones_with_twenty_processes_each_get_every_number_once_over_http()
    {
        using var server = new GitHttpServer(_git.In());
        Race(server.Address + "bare.git");
    }

    private void Race(string address)
    {
        var clones = new[] { _git.Clone("one", address), _git.Clone("two", address) };
        var processes = (from process in Enumerable.Range(0, Processes)
                         from clone in clones
                         select TasklockProcess.Start(clone, _git.Environment, "topic", "new", $"of {process} in {Path.GetFileName(clone)}",
                             "--reserve", "remote", "--no-fetch", "--strict", "--json", "--timeout", "110")).ToList();
        var numbers = new List<string>();
        foreach (var process in processes)
        {
            using (process)
            {
                var topic = process.Finish().Document();
                Assert.Equal("remote", topic.GetProperty("scope").GetString());
                numbers.Add(topic.GetProperty("topic_number").GetString()!);
            }
        }
        Assert.Equal(2 * Processes, numbers.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(numbers.Order(StringComparer.Ordinal), Reserved());
        var folders = clones.SelectMany(clone => Directory.EnumerateDirectories(Path.Combine(clone, "specs"))).Select(Path.GetFileName);
        Assert.Equal(["001_a", "001_a"], folders.Where(name => !numbers.Contains(name![..3])));
    }

    private string[] Reserved() => [.. _git.Git(_bare, "for-each-ref", "--format=%(refname:lstrip=4)", "refs/tasklock/topics/specs")
        .Split('\n')];

    private void Hook(string script)
    {
        var hook = Path.Combine(_bare, "hooks", "pre-receive");
        File.WriteAllText(hook, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
