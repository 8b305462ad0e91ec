using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TaskLocking.Tests.Server;

/// <summary>The page in a browser.</summary>
internal sealed class Sheet : IAsyncDisposable
{
    private static readonly LocatorAssertionsToContainTextOptions Text = new() { Timeout = 120_000 };

    public Sheet(IPage page, string url)
    {
        (Page, Url) = (page, url);
        // A guard against a hang, on a machine that does much else.
        page.SetDefaultTimeout(120_000);
        page.PageError += (_, fault) => Faults.Add(fault);
        page.Dialog += (_, dialog) => Faults.Add("dialog: " + dialog.Message);
        page.Console += (_, message) =>
        {
            // That a server is away is told by the browser itself.
            if (message.Type is "error" && !message.Text.Contains("net::ERR", StringComparison.Ordinal)
                && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal))
                Faults.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(url, StringComparison.Ordinal))
                Faults.Add("asked for " + request.Url);
        };
    }

    public IPage Page { get; }

    public string Url { get; }

    /// <summary>Scripts that failed, what the policy forbade, dialogs, requests to elsewhere.</summary>
    public List<string> Faults { get; } = [];

    public ILocator this[string selector] => Page.Locator(selector);

    public ILocator this[string selector, string text] => Page.Locator(selector, new PageLocatorOptions { HasTextString = text });

    public Task IsLiveAsync() => SaysAsync("#live-text", "Live");

    public Task SaysAsync(string selector, string text) => Expect(Page.Locator(selector)).ToContainTextAsync(text, Text);

    public Task SaysNotAsync(string selector, string text) => Expect(Page.Locator(selector)).Not.ToContainTextAsync(text, Text);

    /// <summary>What the rules of accessibility find, each with where.</summary>
    public async Task<List<string>> ViolationsAsync() => (await Page.RunAxe()).Violations
        .Select(each => $"{each.Id}: {each.Help}: " + string.Join(" | ", each.Nodes.Take(3).Select(node =>
            $"{node.Html} {string.Join("; ", node.Any.Select(check => check.Message))}"))).ToList();

    public Task<int> WidthAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth");

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Assert.Empty(Faults);
    }
}
