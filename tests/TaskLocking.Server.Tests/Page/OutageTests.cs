using System;
using System.Globalization;
using System.Threading.Tasks;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>The page while its server is away, hangs, or is another one: it says so, loses nothing and is never loaded anew.</summary>
public sealed class OutageTests(Browser browser) : ServedPage(browser)
{
    // TASKLOCKING_CUT_SECONDS says for how long, 60 for the full proof.
    [Fact]
    public async Task It_comes_back_after_an_outage_and_has_missed_nothing()
    {
        Board.Define([new TaskDefinition("before")]);
        await using var page = await OpenAsync();
        await page.SaysAsync("#ready", "before");
        await page.Page.EvaluateAsync("window.isSamePage = true");
        var (port, cut) = (Server.Port, new Cut());
        Assert.Equal(0, await Server.TerminateAsync());
        Server.Dispose();
        await page.SaysAsync("#live-text", "No connection");
        Board.Define([new TaskDefinition("meanwhile"), new TaskDefinition("alongside")]);
        var claim = Board.Request(new TaskRequest(new LeaseHolder("ann")) { Start = true }).Task!;
        Board.Complete([new CompleteRequest(claim.Id, "ann") { Token = claim.Claim!.Token }]);
        await cut.OverAsync();
        // However often it has asked, it tells what it knows as of then, and does not pass it off as what is.
        await page.SaysAsync("#live-text", "No connection: trying again, as of");
        await page.SaysNotAsync("#ready", "meanwhile");
        await ServeAsync(port);
        await page.IsLiveAsync();
        await page.SaysAsync("#ready", "meanwhile");
        await page.SaysAsync("#ready", "alongside");
        await page.SaysNotAsync("#ready", claim.Id);
        await page.SaysAsync("#numbers", "33.3 %");
        foreach (var told in new[] { "meanwhile", "begun", "done" })
            await page.SaysAsync("#events", told);
        await page.SaysAsync("#store", $"Version {Board.GetVersion()}");
        Board.Define([new TaskDefinition("after")]);
        await page.SaysAsync("#ready", "after");
        Assert.True(await page.Page.EvaluateAsync<bool>("window.isSamePage === true"), "it was loaded anew");
    }

    // One that hangs keeps its connections: nothing tells of it but answers that do not come.
    [Fact]
    public async Task A_server_that_answers_no_more_is_told_and_one_that_goes_on_is_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No signal stops a process there.");
        Board.Define([new TaskDefinition("before")]);
        await using var page = await OpenAsync();
        await page.SaysAsync("#ready", "before");
        Server.Signal("STOP");
        try
        {
            await page.SaysAsync("#live-text", "No connection");
            Board.Define([new TaskDefinition("meanwhile")]);
        }
        finally
        {
            Server.Signal("CONT");
        }
        await page.IsLiveAsync();
        await page.SaysAsync("#ready", "meanwhile");
        await page.SaysAsync("#events", "meanwhile");
    }

    // Where it ended another one began: what was committed is there, and versions go on.
    [Fact]
    public async Task It_goes_on_after_restarts_though_tasks_change_all_the_while()
    {
        await using var page = await OpenAsync();
        var port = Server.Port;
        for (var round = 1; round <= 3; round++)
        {
            Board.Define([new TaskDefinition($"R{round}-one")]);
            Server.Dispose();
            Board.Define([new TaskDefinition($"R{round}-two")]);
            await ServeAsync(port);
            Board.Define([new TaskDefinition($"R{round}-three")]);
            foreach (var name in new[] { "one", "two", "three" })
            {
                await page.SaysAsync("#ready", $"R{round}-{name}");
                await page.SaysAsync("#events", $"R{round}-{name}");
            }
            await page.IsLiveAsync();
        }
        // Each once: what was told before is not told again.
        Assert.Equal(9, await page["#events .rows li"].CountAsync());
    }

    /// <summary>How long somebody is away.</summary>
    private sealed class Cut
    {
        private const int Short = 3;

        private readonly Task _over = Task.Delay(TimeSpan.FromSeconds(
            Environment.GetEnvironmentVariable("TASKLOCKING_CUT_SECONDS") is { Length: > 0 } text
                ? int.Parse(text, CultureInfo.InvariantCulture) : Short));

        /// <summary>Waits for what is left of it.</summary>
        public Task OverAsync() => _over;
    }
}
