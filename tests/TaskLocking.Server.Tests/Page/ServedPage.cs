using System.IO;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>A board with a server over it, whose page tests open in a browser.</summary>
public abstract class ServedPage(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private protected Browser Browser => browser;

    private protected BoardFolder Folder { get; } = new();

    private protected TaskBoard Board => Folder.Board;

    private protected HttpProcess Server { get; set; } = null!;

    private protected string Token { get; private set; } = "";

    private protected string OneToken => Path.Combine(Folder.Path, "token");

    public async ValueTask InitializeAsync() => await ServeAsync(0);

    public ValueTask DisposeAsync()
    {
        Server.Dispose();
        Folder.Dispose();
        System.GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected Task<Sheet> OpenAsync(string path = "/", int width = 1280, ColorScheme colours = ColorScheme.Light) =>
        browser.OpenAsync(Server, Token, path, width, colours: colours);

    private protected async Task ServeAsync(int port, params string[] words)
    {
        Server = await HttpProcess.StartAsync(Folder.Path, port, ["--token-file", OneToken, .. words]);
        Token = (await File.ReadAllTextAsync(OneToken)).Trim();
    }
}
