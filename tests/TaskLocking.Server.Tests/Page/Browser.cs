using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>
/// A browser of this machine, without a window, for all tests of the page. Where there is none they are skipped, and say why.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Program => Environment.GetEnvironmentVariable("TASKLOCKING_TEST_CHROMIUM") is { Length: > 0 } named ? named
        : Programs.FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Program is not { } program)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            // Inside of a container it has no right to make one of its own.
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
        });
    }

    /// <summary>A page that is logged in; what goes wrong on it is kept in <see cref="Sheet.Faults"/>.</summary>
    internal async Task<Sheet> OpenAsync(HttpProcess server, string token, string path = "/", int width = 1280, int height = 900,
        ColorScheme colours = ColorScheme.Light)
    {
        var sheet = await BeginAsync(server, width, height, colours);
        await sheet.Page.GotoAsync($"{server.Url}/login?t={token}");
        if (path != "/")
            await sheet.Page.GotoAsync(server.Url + path);
        await sheet.IsLiveAsync();
        return sheet;
    }

    /// <summary>What somebody sees who comes without a token.</summary>
    internal async Task<Sheet> OpenDoorAsync(HttpProcess server, ColorScheme colours)
    {
        var sheet = await BeginAsync(server, 1280, 900, colours);
        await sheet.Page.GotoAsync(server.Url + "/");
        return sheet;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private async Task<Sheet> BeginAsync(HttpProcess server, int width, int height, ColorScheme colours)
    {
        Assert.SkipWhen(_browser is null, "THE PAGE IS NOT TESTED: there is no chromium. Install it (apt-get install chromium), or name "
            + "one in TASKLOCKING_TEST_CHROMIUM.");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = colours,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new Sheet(await context.NewPageAsync(), server.Url);
    }
}
