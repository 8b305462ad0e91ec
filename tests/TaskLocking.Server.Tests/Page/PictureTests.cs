using System;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TaskLocking.Tests.Server;

/// <summary>Pictures of the page for a person who looks.</summary>
public sealed class PictureTests(Browser browser) : ServedPage(browser)
{
    /// <summary>TASKLOCKING_PICTURES names the folder.</summary>
    [Fact]
    public async Task All()
    {
        SkipWithoutFolder();
        var scenes = new (string Name, Action<TaskBoard>? Make)[] { ("empty", null), ("broken", Scenes.Broken), ("busy", Scenes.Busy) };
        foreach (var (name, make) in scenes)
        {
            make?.Invoke(Board);
            foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                foreach (var width in new[] { 320, 900, 1600 })
                    await PictureAsync(name, width, colours, make is null, width == 1600 && name == "broken" ? "/?task=parse" : "/");
            }
        }
    }

    /// <summary>That of the README, which is shown there smaller: src/TaskLocking.Server/Dashboard/board.png.</summary>
    [Fact]
    public async Task The_picture_of_the_README()
    {
        SkipWithoutFolder();
        Scenes.Shown(Board);
        await PictureAsync("board", 1600, ColorScheme.Light, isEmpty: false, "/");
    }

    private static string SkipWithoutFolder()
    {
        var folder = Environment.GetEnvironmentVariable("TASKLOCKING_PICTURES");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "TASKLOCKING_PICTURES names no folder.");
        return folder!;
    }

    private async Task PictureAsync(string name, int width, ColorScheme colours, bool isEmpty, string path)
    {
        var folder = SkipWithoutFolder();
        await using var page = await OpenAsync(path, width, colours);
        if (!isEmpty)
            await page.SaysAsync("#running", "builder");
        await Expect(page["#events"]).ToContainTextAsync(isEmpty ? "comes here" : "ago");
        await page.Page.EvaluateAsync("document.querySelector('#title').textContent = 'feed-service'");
        await page.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(folder, $"{name}-{width}-{colours}.png".ToLowerInvariant()),
            FullPage = true,
        });
    }
}
