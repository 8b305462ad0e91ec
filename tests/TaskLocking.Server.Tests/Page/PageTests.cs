using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using TaskLocking.Wire;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TaskLocking.Tests.Server;

/// <summary>The page as a person has it, in a browser.</summary>
public sealed class PageTests(Browser browser) : ServedPage(browser)
{
    [Fact]
    public async Task It_follows_a_fleet()
    {
        await using var page = await OpenAsync();
        await page.SaysAsync("#ready", "No tasks here");
        Assert.DoesNotContain(Token, page.Page.Url, StringComparison.Ordinal);
        Board.Define([new TaskDefinition("A") { Swarm = "s" }, new TaskDefinition("B") { Swarm = "s", Dependencies = ["A"] }]);
        await page.SaysAsync("#ready", "A");
        await page.SaysAsync("#waiting", "B");
        await page.SaysAsync("#waiting", "It waits for A, which is Todo");
        var claim = Board.Request(new TaskRequest(new LeaseHolder("ann")) { Start = true }).Task!.Claim!;
        await page.SaysAsync("#running", "ann");
        await page.SaysAsync("#running", "by time alone");
        Board.Complete([new CompleteRequest("A", "ann") { Token = claim.Token }]);
        await page.SaysAsync("#running", "Nobody works on anything");
        await page.SaysAsync("#ready", "B");
        await page.SaysAsync("#swarms", "50 %");
        await page.SaysAsync("#events", "done");
        await page.SaysAsync("#store", $"Version {Board.GetVersion()}");
    }

    [Fact]
    public async Task A_token_that_is_none_any_more_is_told()
    {
        await using var page = await OpenAsync();
        var port = Server.Port;
        Server.Dispose();
        File.Delete(OneToken);
        await ServeAsync(port);
        await page.SaysAsync("#problem", "another token");
    }

    [Fact]
    public async Task It_rests_when_it_is_paused_or_not_seen()
    {
        await using var page = await OpenAsync();
        await page["#pause"].ClickAsync();
        await page.SaysAsync("#live-text", "Paused");
        Board.Define([new TaskDefinition("one")]);
        await page["#pause"].ClickAsync();
        await page.SaysAsync("#ready", "one");
        await page.Page.EvaluateAsync("""
            Object.defineProperty(document, 'hidden', { value: true, configurable: true });
            document.dispatchEvent(new Event('visibilitychange'));
            """);
        await page.SaysAsync("#live-text", "Paused");
        Board.Define([new TaskDefinition("two")]);
        Assert.DoesNotContain("two", await page["#ready"].InnerTextAsync(), StringComparison.Ordinal);
        await page.Page.EvaluateAsync("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'));");
        await page.SaysAsync("#ready", "two");
    }

    [Fact]
    public async Task A_filter_and_a_task_have_addresses()
    {
        Scenes.Broken(Board);
        Board.Define([new TaskDefinition("other") { Swarm = "s" }]);
        await using var page = await OpenAsync("/?swarm=import&task=parse");
        await page.SaysAsync("#task", "Parse it");
        await page.SaysAsync("#task-body", "fetch");
        await page.SaysAsync("#task-body", "It waits for fetch, which has failed");
        await page.SaysNotAsync("#ready", "other");
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page).ToHaveURLAsync(page.Url + "/?swarm=import");
        await page["#swarm"].SelectOptionAsync("s");
        await page.SaysAsync("#ready", "other");
        await Expect(page.Page).ToHaveURLAsync(page.Url + "/?swarm=s");
        await page.Page.GoBackAsync();
        await page.SaysNotAsync("#ready", "other");
        await page["#words"].FillAsync("warehouse");
        await page.SaysAsync("#attention", "load");
        await page.SaysNotAsync("#attention", "sign");
        await page["#clear"].ClickAsync();
        await page.SaysAsync("#ready", "other");
    }

    [Fact]
    public async Task What_is_wrong_is_told_in_words()
    {
        Scenes.Broken(Board);
        await using var page = await OpenAsync();
        await page.SaysAsync("#running", "its process is gone");
        await page.SaysAsync("#running", "alive");
        await page.SaysAsync("#attention", "503 since midnight");
        await page.SaysAsync("#attention", "nowhere");
        await page.SaysAsync("#chain", "fetch → parse → load → report");
        await page.SaysAsync("#leases", "src/types.ts");
        await page.SaysAsync("#store", "Dependencies on tasks that are not there: 1");
    }

    [Fact]
    public async Task It_only_reads_unless_changes_are_allowed()
    {
        Board.Define([new TaskDefinition("A")]);
        await using (var page = await OpenAsync("/?task=A"))
        {
            await page.SaysAsync("#task-body", "Can it be taken?");
            Assert.Equal(0, await page["#task .act"].CountAsync());
        }
        Server.Dispose();
        await ServeAsync(0, "--allow-changes");
        await using (var page = await OpenAsync("/?task=A"))
        {
            await page["#task .act", "Assign"].ClickAsync();
            await page["#task input"].FillAsync("ann");
            Assert.Null(Board.FindTask("A")!.Assignee);
            await page["#task .act", "Yes"].ClickAsync();
            await page.SaysAsync("#task .facts", "agent:ann");
            await page["#task .act", "Release"].ClickAsync();
            await page["#task .act", "Yes"].ClickAsync();
            await page.SaysNotAsync("#task .facts", "agent:ann");
            Assert.Null(Board.FindTask("A")!.Assignee);
            Assert.All(Board.GetHistory("A"), entry => Assert.NotEqual("", entry.By ?? ""));
        }
    }

    [Fact]
    public async Task The_last_nightly_run_is_told()
    {
        await using var page = await OpenAsync();
        await page.SaysAsync("#nightly", "None so far");
        Board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
        Board.RegisterAgents([new AgentProfile("ann", MaxTasks: 1)]);
        Board.RunAssignment(new AssignmentRunRequest(), new CommitOptions { By = "cron" });
        await page.SaysAsync("#nightly", "1 assigned");
        await page.SaysAsync("#nightly", "1 skipped");
        await page.SaysAsync("#nightly", "cron");
        await page.SaysAsync("#events", "nightly run ended");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Who_has_a_token_of_his_own_enters_it(ColorScheme colours)
    {
        Board.Define([new TaskDefinition("A")]);
        var tokens = Path.Combine(Folder.Path, "tokens");
        var secret = TokenFile.Add(tokens, "eva", mayChange: false, DateTimeOffset.UtcNow);
        Server.Dispose();
        Server = await HttpProcess.StartAsync(Folder.Path, "--tokens", tokens, "--allow-changes");
        await using var page = await Browser.OpenDoorAsync(Server, colours);
        Assert.Empty(await page.ViolationsAsync());
        await page["#token"].FillAsync("wrong");
        await page["#come-in button"].ClickAsync();
        await page.SaysAsync("#refused", "no token of this server");
        Assert.Empty(await page.ViolationsAsync());
        await page["#token"].FillAsync(secret);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.IsLiveAsync();
        await page.SaysAsync("#ready", "A");
        Assert.DoesNotContain(secret, page.Page.Url, StringComparison.Ordinal);
        // What the server allows, this token does not.
        await page["#ready a[data-task=A]"].ClickAsync();
        await page.SaysAsync("#task-body", "Can it be taken?");
        Assert.Equal(0, await page["#task .act"].CountAsync());
        TokenFile.Revoke(tokens, ["eva"]);
        await page.SaysAsync("#problem", "another token");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Nobody_is_shut_out(ColorScheme colours)
    {
        Server.Dispose();
        await ServeAsync(0, "--allow-changes");
        await using var page = await OpenAsync(colours: colours);
        await page.SaysAsync("#ready", "No tasks here");
        Assert.Empty(await page.ViolationsAsync());
        Scenes.Busy(Board);
        await page.SaysAsync("#agents", "builder-12");
        await page["#words-of-graph summary"].ClickAsync();
        Assert.Empty(await page.ViolationsAsync());
        await page["#pause"].ClickAsync();
        Assert.Empty(await page.ViolationsAsync());
        await page["#pause"].ClickAsync();
        Scenes.Broken(Board);
        await page["#words"].FillAsync("import");
        await page.SaysAsync("#attention", "503 since midnight");
        Assert.Empty(await page.ViolationsAsync());
        await page["#attention a[data-task=fetch]"].First.ClickAsync();
        await page["#task .act", "Retry"].ClickAsync();
        Assert.Empty(await page.ViolationsAsync());
        await page["#close"].ClickAsync();
        await page["#words"].FillAsync(new string('x', 200));
        await page.SaysAsync("#numbers", "0 %");
        Assert.Empty(await page.ViolationsAsync());
        await page.Page.GotoAsync(page.Url + "/login?t=wrong");
        Assert.Empty(await page.ViolationsAsync());
    }

    [Fact]
    public async Task The_keyboard_reaches_all_of_it()
    {
        Scenes.Broken(Board);
        await using var page = await OpenAsync();
        await page.SaysAsync("#attention", "nowhere");
        await page["#pause"].ClickAsync();
        var all = await page.Page.EvaluateAsync<int>("""
            (() => { window.reach = new Set([...document.querySelectorAll('a, button, select, input, summary, [tabindex="0"]')]
              .filter(each => each.checkVisibility())); return window.reach.size; })()
            """);
        await page.Page.EvaluateAsync("document.activeElement.blur()");
        for (var i = 0; i < all + 3; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            await page.Page.EvaluateAsync("window.reach.delete(document.activeElement)");
        }
        Assert.Equal("", await page.Page.EvaluateAsync<string>("[...window.reach].map(each => each.outerHTML).join('\\n')"));
        await page["#attention a[data-task=fetch]"].First.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.SaysAsync("#task-h", "fetch");
        Assert.True(await page.Page.EvaluateAsync<bool>("document.querySelector('#task').contains(document.activeElement)"));
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.Equal("fetch", await page.Page.EvaluateAsync<string?>("document.activeElement.dataset.task"));
    }

    [Fact]
    public async Task The_focus_stays_where_it_is_while_tasks_change()
    {
        Board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
        await using var page = await OpenAsync();
        await page["#ready a[data-task=B]"].FocusAsync();
        Board.Define([new TaskDefinition("first") { Priority = TaskPriority.Critical }]);
        Board.Edit([new TaskEdit("B") { Name = "another name" }]);
        await page.SaysAsync("#ready", "another name");
        await page.SaysAsync("#ready", "first");
        Assert.Equal("B", await page.Page.EvaluateAsync<string?>("document.activeElement.dataset.task"));
    }

    [Fact]
    public async Task It_fits_on_a_small_telephone()
    {
        Scenes.Busy(Board);
        Scenes.Broken(Board);
        Board.Define([new TaskDefinition(new string('W', 40)) { Name = new string('m', 300), Swarm = new string('s', 80) }]);
        await using var page = await OpenAsync(width: 320);
        await page.SaysAsync("#agents", "builder-12");
        Assert.InRange(await page.WidthAsync(), 1, 320);
        await page.Page.EvaluateAsync("go({ task: 'fetch' })");
        await page.SaysAsync("#task-body", "503 since midnight");
        Assert.InRange(await page.WidthAsync(), 1, 320);
    }

    [Fact]
    public async Task No_text_of_a_task_is_ever_obeyed()
    {
        var texts = HostileTexts.All;
        var definitions = new List<TaskDefinition>();
        foreach (var (number, text) in texts.Select((text, number) => (number, text)))
        {
            definitions.Add(new TaskDefinition($"{number} {text}"[..Math.Min(40, $"{number} {text}".Length)].Trim())
            {
                Name = text,
                Content = text,
                Swarm = text,
                Tags = [text],
                Requires = number % 3 == 0 ? [text] : [],
                Dependencies = number % 4 == 1 ? [definitions[^1].Id] : [],
            });
        }
        var refused = Board.Define(definitions).Select((outcome, number) => (outcome, number))
            .Where(each => each.outcome.Refusal is not null).Select(each => each.number).ToList();
        // What cannot be a name can be a text.
        Board.Define([.. refused.Select(number => new TaskDefinition($"H-{number}") { Content = texts[number] })]);
        var defined = Board.GetTasks().Select(task => task.Id).ToList();
        Assert.InRange(defined.Count, 180, texts.Count);
        foreach (var text in texts.Where((_, number) => number % 10 == 0))
        {
            Try(() => Board.RegisterAgents([new AgentProfile(text, "agent", text, [text])]));
            Try(() => Board.LockFiles(new FileLeaseRequest(new LeaseHolder(text), [text])));
            Try(() => Board.Request(new TaskRequest(new LeaseHolder(text)) { Start = true }));
            Try(() => Board.PauseSwarms([text], text));
        }
        Board.RunAssignment(new AssignmentRunRequest { MaxParallel = 1 }, new CommitOptions { By = texts[0] });
        var failing = Board.Request(new TaskRequest(new LeaseHolder("ann")) { Start = true, Capabilities = texts.Take(50).ToList() }).Task!;
        Board.Fail([new FailRequest(failing.Id, "ann", "<img src=x onerror=hostile=1>") { Token = failing.Claim!.Token }]);
        await using var page = await OpenAsync();
        await page.SaysAsync("#ready", "Show");
        while (await page["button:text-matches('^Show [0-9,]+ more')"].CountAsync() is > 0)
            await page["button:text-matches('^Show [0-9,]+ more')"].First.ClickAsync();
        await page["#words-of-graph summary"].ClickAsync();
        foreach (var text in texts)
        {
            await page.Page.EvaluateAsync("text => go({ words: text, swarm: text, agent: text, task: '' })", text);
            Assert.True(await page.Page.EvaluateAsync<bool>("!!document.querySelector('#main')"));
        }
        foreach (var id in defined.Take(5).Append(failing.Id))
        {
            await page.Page.GotoAsync($"{page.Url}/?task={Uri.EscapeDataString(id)}&words={Uri.EscapeDataString(id)}");
            await page.SaysAsync("#task-body", "History");
        }
        Assert.True(await page.Page.EvaluateAsync<bool>("typeof hostile === 'undefined'"));
        Assert.Equal(0, await page["main script, main img, main iframe, main style, dialog img, dialog script"].CountAsync());
    }

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (TaskLockingException)
        {
            // Some of these are no names at all.
        }
    }
}
