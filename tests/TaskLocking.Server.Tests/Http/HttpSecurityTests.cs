using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>Who may not ask: pages of other sites, whoever has no token, whatever name leads here.</summary>
public sealed class HttpSecurityTests(HttpSecurityTests.Ground ground) : IClassFixture<HttpSecurityTests.Ground>
{
    public sealed class Ground : IAsyncLifetime
    {
        private readonly BoardFolder _folder = new();

        internal BoardFolder Folder => _folder;

        internal HttpProcess Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _folder.Define("T");
            Server = await HttpProcess.StartAsync(_folder.Path, "--allow-changes");
        }

        public ValueTask DisposeAsync()
        {
            Server.Dispose();
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private const string Assign = """{"assignee_name":"mallory"}""";

    private HttpProcess Server => ground.Server;

    [Theory]
    [InlineData("/api/tasks")]
    [InlineData("/api/events")]
    [InlineData("/app.js")]
    [InlineData("/metrics")]
    [InlineData("/healthz")]
    [InlineData("/login?t=x")]
    [InlineData("/mcp")]
    [InlineData("/nothing")]
    public async Task A_name_that_was_made_to_lead_here_is_misdirected(string path)
    {
        foreach (var host in new[] { "evil.example", $"evil.example:{Server.Port}", "127.0.0.1", "127.0.0.1:1",
            $"127.0.0.1.evil.example:{Server.Port}", $"localhost.:{Server.Port}" })
            Assert.Equal(421, (await Server.AskAsync("GET", path, null, "Host: " + host)).Status);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task This_machines_names_are_served(string host) =>
        Assert.Equal(200, (await Server.AskAsync("GET", "/api/tasks", null, $"Host: {host}:{Server.Port}")).Status);

    [Fact]
    public async Task A_name_that_was_allowed_is_served_and_its_page_may_ask()
    {
        using var server = await HttpProcess.StartAsync(ground.Folder.Path, "--allow-changes", "--allow-host",
            "board.example:8443;board.local");
        foreach (var (host, status) in new[] { ("board.example:8443", 200), ("BOARD.local", 200), ("board.example", 421),
            ("board.example:8444", 421), ("x.board.local", 421), ("board.local.evil.example", 421) })
            Assert.Equal(status, (await server.AskAsync("GET", "/api/tasks", null, "Host: " + host)).Status);
        foreach (var (origin, status) in new[] { ("https://board.example:8443", 404), ("http://board.local", 404),
            ("https://board.example", 403), ("ftp://board.local", 403), ("https://evil.example", 403) })
        {
            Assert.Equal(status, (await server.AskAsync("POST", "/api/tasks/none/assign", Assign, "Host: board.local",
                "Origin: " + origin)).Status);
        }
        foreach (var wrong in new[] { "*", "a b", "http://x", "x/y", "x/", "u@x", "x:port", "x#y" })
        {
            var (code, output, error) = await ServerCommand.RunAsync(ground.Folder.Path, "serve", "--port", "0", "--allow-host", wrong);
            Assert.Equal((2, ""), (code, output));
            Assert.Contains("--allow-host", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_request_without_a_host_or_with_two_is_refused()
    {
        Assert.Equal(400, (await Server.SendAsync("GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")).Status);
        Assert.Equal(400, (await Server.SendAsync($"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{Server.Port}\r\nHost: evil\r\n\r\n")).Status);
        Assert.InRange((await Server.SendAsync($"GET http://evil.example/api/tasks HTTP/1.1\r\nHost: 127.0.0.1:{Server.Port}\r\n"
            + $"Authorization: Bearer {Server.Token}\r\nConnection: close\r\n\r\n")).Status, 400, 421);
    }

    [Theory]
    [InlineData("Authorization:")]
    [InlineData("Authorization: Bearer")]
    [InlineData("Authorization: Bearer 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("Authorization: Basic dGVzdDp0ZXN0")]
    [InlineData("Cookie: tasklock_1=x")]
    public async Task Without_the_token_nothing_is_told(string header)
    {
        foreach (var path in new[] { "/api/tasks", "/api/planner/s/progress", "/api/board", "/api/events", "/app.js", "/icon.svg",
            "/metrics", "/mcp", "/" })
        {
            var answer = await Server.AskAsync("GET", path, null, header);
            Assert.Equal(401, answer.Status);
            Assert.Equal("Bearer", answer["WWW-Authenticate"]);
            Assert.DoesNotContain("T", answer.Json["title"]!.ToJsonString(), StringComparison.Ordinal);
        }
        Assert.Equal(401, (await Server.AskAsync("POST", "/api/tasks/T/assign", Assign, header)).Status);
    }

    [Fact]
    public async Task A_browser_logs_in_once_and_its_cookie_is_not_the_token()
    {
        Assert.Equal(401, (await Server.AskAsync("GET", "/login?t=wrong", null, "Authorization:")).Status);
        var answer = await Server.AskAsync("GET", "/login?t=" + Server.Token, null, "Authorization:");
        Assert.Equal(302, answer.Status);
        Assert.Equal("/", answer["Location"]);
        Assert.Equal("no-referrer", answer["Referrer-Policy"]);
        var cookie = answer["Set-Cookie"]!;
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Server.Token, cookie, StringComparison.Ordinal);
        var shown = "Cookie: " + cookie.Split(';')[0];
        Assert.Equal(200, (await Server.AskAsync("GET", "/api/tasks", null, shown)).Status);
        Assert.Equal(401, (await Server.AskAsync("GET", "/api/tasks", null, $"Authorization: Bearer {cookie.Split('=', ';')[1]}")).Status);
        // The cookie alone proves the browser, not the page.
        Assert.Equal(403, (await Server.AskAsync("POST", "/api/tasks/T/assign", Assign, shown)).Status);
        Assert.Equal(403, (await Server.AskAsync("POST", "/api/tasks/T/assign", Assign, shown, "Sec-Fetch-Site: same-site")).Status);
        Assert.Equal(403, (await Server.AskAsync("POST", "/api/tasks/T/assign", Assign, shown, "Origin: null")).Status);
        Assert.Null(ground.Folder.Board.FindTask("T")!.Assignee);
        Assert.Equal(404, (await Server.AskAsync("POST", "/api/tasks/none/assign", Assign, shown,
            $"Origin: http://localhost:{Server.Port}", "Sec-Fetch-Site: same-origin")).Status);
    }

    [Theory]
    [InlineData("Origin: http://evil.example")]
    [InlineData("Origin: null")]
    [InlineData("Origin: http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site: cross-site")]
    [InlineData("Sec-Fetch-Site: same-site")]
    public async Task A_page_of_another_site_is_refused_even_with_the_token(string header)
    {
        Assert.Equal(403, (await Server.AskAsync("POST", "/api/tasks/T/assign", Assign, header)).Status);
        Assert.Equal(403, (await Server.AskAsync("POST", "/mcp", "{}", header)).Status);
        Assert.Equal(403, (await Server.AskAsync("GET", "/api/tasks", null, header)).Status);
        Assert.Null(ground.Folder.Board.FindTask("T")!.Assignee);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/jsonp")]
    [InlineData("")]
    public async Task What_a_form_can_send_is_no_change(string type)
    {
        Assert.Equal(415, (await Server.AskAsync("POST", "/api/tasks/T/assign", Assign, "Content-Type: " + type)).Status);
        Assert.Null(ground.Folder.Board.FindTask("T")!.Assignee);
    }

    [Fact]
    public async Task Every_answer_forbids_a_browser_what_it_need_not_do()
    {
        foreach (var path in new[] { "/api/tasks", "/nothing", "/healthz", "/metrics" })
        {
            var answer = await Server.AskAsync("GET", path);
            Assert.StartsWith("default-src 'none'", answer["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal("nosniff", answer["X-Content-Type-Options"]);
            Assert.Null(answer["Server"]);
            Assert.Null(answer["Access-Control-Allow-Origin"]);
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused() => Assert.Equal(413,
        (await Server.AskAsync("POST", "/api/tasks", $$"""{"x":"{{new string('x', 2_000_000)}}"}""")).Status);

    [Fact]
    public async Task An_address_that_others_reach_is_refused()
    {
        foreach (var url in new[] { "http://0.0.0.0:0", "http://[::]:0", "http://*:0", "https://127.0.0.1:0", "http://example.org:0" })
        {
            var (code, output, error) = await ServerCommand.RunAsync(ground.Folder.Path, "serve", "--urls", url);
            Assert.Equal((2, ""), (code, output));
            Assert.Contains(url, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_that_others_can_read_is_refused_and_one_that_is_missing_is_made_for_the_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("It has no modes.");
            return;
        }
        var path = Path.Combine(ground.Folder.Path, "token");
        using (var server = await HttpProcess.StartAsync(ground.Folder.Path, "--token-file", path))
        {
            Assert.Equal("", server.Token);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            var token = File.ReadAllText(path).Trim();
            Assert.Equal(200, (await server.AskAsync("GET", "/api/tasks", null, "Authorization: Bearer " + token)).Status);
        }
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var (code, _, error) = await ServerCommand.RunAsync(ground.Folder.Path, "serve", "--port", "0", "--token-file", path);
        Assert.Equal(2, code);
        Assert.Contains("chmod 600", error, StringComparison.Ordinal);
        File.Delete(path);
    }
}
