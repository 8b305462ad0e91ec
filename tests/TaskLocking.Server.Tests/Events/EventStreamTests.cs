using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TaskLocking.Server;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>Commits as a stream: none is missed, none comes twice, and nobody waits for a slow reader.</summary>
public sealed class EventStreamTests(HttpSecurityTests.Ground ground) : IClassFixture<HttpSecurityTests.Ground>
{
    private HttpProcess Server => ground.Server;

    private TaskBoard Board => ground.Folder.Board;

    [Fact]
    public async Task Every_commit_comes_once_and_in_order_however_often_a_reader_comes_back()
    {
        var begin = Board.GetVersion();
        var random = new Random(7);
        var (last, seen) = (begin, new List<long>());
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 300; i++)
                Board.Define([new TaskDefinition($"once-{i}")]);
        }, TestContext.Current.CancellationToken);
        while (last < begin + 300)
        {
            // By the header, as a browser that comes back has it, beside the address of its first time.
            using var reader = await EventReader.OpenAsync(Server, $"?after={begin}", last);
            for (var messages = random.Next(1, 4); messages > 0 && last < begin + 300;)
            {
                var (name, id, data) = (await reader.ReadAsync())!.Value;
                if (name == "begin")
                {
                    Assert.Equal(last, id);
                    continue;
                }
                Assert.Equal("commits", name);
                seen.AddRange(data["events"]!.AsArray().Select(each => (long)each!["version"]!));
                (last, messages) = (id, messages - 1);
            }
        }
        await writing;
        Assert.Equal(Enumerable.Range(1, 300).Select(number => begin + number), seen);
    }

    [Fact]
    public async Task What_comes_fast_comes_together_four_times_a_second_at_most()
    {
        using var reader = await EventReader.OpenAsync(Server);
        var (name, begin, _) = (await reader.ReadAsync())!.Value;
        Assert.Equal("begin", name);
        Assert.Equal("text/event-stream", reader.Answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no", reader.Answer.Headers.GetValues("X-Accel-Buffering").Single());
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 200; i++)
            Board.Define([new TaskDefinition($"fast-{i}")]);
        var (versions, messages) = await reader.ReadToAsync(begin + 200);
        Assert.Equal(Enumerable.Range(1, 200).Select(number => begin + number), versions);
        Assert.InRange(messages, 1, 2 + (int)(watch.Elapsed.TotalSeconds * 4));
    }

    [Fact]
    public async Task In_short_a_message_has_how_many_commits_and_the_last_of_them()
    {
        var begin = Board.GetVersion();
        for (var i = 0; i < 60; i++)
            Board.Define([new TaskDefinition($"short-{i}"), new TaskDefinition($"short-{i}-b")]);
        using var reader = await EventReader.OpenAsync(Server, $"?after={begin}&detail=concise");
        await reader.ReadAsync();
        var (commits, last) = (0, begin);
        while (last < begin + 60)
        {
            var (_, id, data) = (await reader.ReadAsync())!.Value;
            Assert.InRange(data["events"]!.AsArray().Count, 1, 20);
            (commits, last) = (commits + (int)data["commits"]!, id);
            var told = data["events"]!.AsArray()[^1]!;
            Assert.Equal((id, "defined", 2), ((long)told["version"]!, (string)told["kind"]!, (int)told["changes"]!));
        }
        Assert.Equal(60, commits);
    }

    // What was packed once is sent to many, each of whom began at another place, and to one who comes back.
    [Theory]
    [InlineData("full")]
    [InlineData("concise")]
    public async Task Streams_that_are_packed_tell_the_same_as_one_that_is_not(string detail)
    {
        var begin = Board.GetVersion();
        Board.Define([new TaskDefinition($"packed-{detail}")]);
        List<EventReader> readers = [await EventReader.OpenAsync(Server, $"?detail={detail}&after={begin}")];
        for (var i = 0; i < 3; i++)
        {
            Board.Edit([new TaskEdit($"packed-{detail}") { Content = new string('x', 1 + i * 1000) }]);
            readers.Add(await EventReader.OpenAsync(Server, $"?detail={detail}&after={begin}", unpacks: DecompressionMethods.GZip));
        }
        var ends = new HashSet<string>();
        foreach (var reader in readers)
        {
            Assert.Equal("begin", (await reader.ReadAsync())!.Value.Name);
            var (versions, _) = await reader.ReadToAsync(begin + 4);
            Assert.Equal(Enumerable.Range(1, 4).Select(number => begin + number), versions);
        }
        // All are at the live end now.
        for (var i = 0; i < 2; i++)
        {
            Board.Edit([new TaskEdit($"packed-{detail}") { Name = $"live {i}" }]);
            ends.UnionWith(await Task.WhenAll(readers.Select(async reader => (await reader.ReadAsync())!.Value.ToString())));
            Assert.Equal(i + 1, ends.Count);
        }
        readers.ForEach(reader => reader.Dispose());
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("br, GZip;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("br", false)]
    [InlineData(";;,gzip;q=x", false)]
    public async Task A_stream_is_packed_for_who_takes_that(string accepted, bool isPacked)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, Server.Url + "/api/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Server.Token);
        Assert.True(request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(isPacked ? ["gzip"] : Array.Empty<string>(), answer.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
        using var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.Equal(isPacked ? 0x1f : 'i', stream.ReadByte());
    }

    [Fact]
    public async Task Who_was_at_another_board_starts_anew()
    {
        using var reader = await EventReader.OpenAsync(Server, "", 1_000_000);
        await reader.ReadAsync();
        var (name, id, data) = (await reader.ReadAsync())!.Value;
        Assert.Equal("reset", name);
        Assert.Equal(id, (long)data["version"]!);
        Assert.True(id <= Board.GetVersion());
        Board.Define([new TaskDefinition("after reset")]);
        var (versions, _) = await reader.ReadToAsync(Board.GetVersion());
        Assert.All(versions, version => Assert.True(version > id));
    }

    [Theory]
    [InlineData("?after=x")]
    [InlineData("?after=-1")]
    [InlineData("?detail=all")]
    public async Task What_cannot_be_meant_is_refused(string query) =>
        Assert.Equal(400, (await Server.AskAsync("GET", "/api/events" + query)).Status);

    [Fact]
    public async Task Streams_end_when_the_server_does()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It has no such signal.");
        using var server = await HttpProcess.StartAsync(ground.Folder.Path);
        using var reader = await EventReader.OpenAsync(server);
        await reader.ReadAsync();
        Assert.Equal(0, await server.TerminateAsync());
        Assert.Null(await reader.ReadAsync());
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_dropped_and_holds_nobody_up()
    {
        using var hub = new EventHub(Board, _ => { });
        var stream = new EventStream(Board, hub, CancellationToken.None) { Patience = TimeSpan.FromMilliseconds(20) };
        var aborted = new Lifetime();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(aborted);
        context.Response.Body = new Stalled();
        await stream.AnswerAsync(context).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.True(aborted.IsAborted);
        Assert.Equal(0, stream.Open);
    }

    [Fact]
    public async Task Only_so_much_is_kept_and_who_is_further_behind_is_told()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var hub = new EventHub(Board, _ => { }) { MostChanges = 10 };
        var (number, _) = hub.Join();
        Board.Define([new TaskDefinition("kept-1")]);
        Assert.False((await hub.NextAsync(number, TimeSpan.FromSeconds(60), cancel)).IsMissed);
        Board.Define([.. Enumerable.Range(0, 20).Select(each => new TaskDefinition($"many-{each}"))]);
        var (tick, _) = await hub.NextAsync(number + 1, TimeSpan.FromSeconds(60), cancel);
        Assert.Equal(20, tick!.Events[0].Changes.Count);
        Assert.True((await hub.NextAsync(number, TimeSpan.Zero, cancel)).IsMissed);
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }

    // A browser that has stopped reading: what is written waits for ever.
    private sealed class Stalled : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
