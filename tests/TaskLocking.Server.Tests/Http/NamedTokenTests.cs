using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using TaskLocking.Wire;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>Tokens that have names: who shows one acts in its name alone, until it is revoked.</summary>
public sealed class NamedTokenTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BoardFolder _folder = new();

    private string Tokens => Path.Combine(_folder.Path, "tokens");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_name_is_who_acts_and_no_other_can_be_named()
    {
        _folder.Define("T", "U");
        var (ann, bob) = (await AddAsync("ann", "--allow-changes"), await AddAsync("bob é", "--allow-changes"));
        using var server = await ServeAsync("--allow-changes");
        Assert.Equal((null, Tokens), ((string?)server.Greeting["token"], (string?)server.Greeting["tokens"]));

        var claimed = await server.AskAsync("POST", "/api/claims", """{"start":true}""", ann);
        Assert.Equal(200, claimed.Status);
        Assert.Equal("ann", (string?)claimed.Json["tasks"]![0]!["claim"]!["agent"]);
        Assert.Equal(200, (await server.AskAsync("POST", "/api/tasks/U/assign", """{"assignee_name":"zoe"}""", bob)).Status);
        Assert.Equal("bob é", _folder.Board.FindTask("U")!.Assignee!.AssignedBy);
        Assert.Equal("ann", _folder.Board.GetHistory("T")[^1].By);
        // His own name he may say.
        var token = claimed.Json["tasks"]![0]!["claim"]!["token"]!.ToJsonString();
        foreach (var (header, status) in new[] { (bob, 403), (ann, 200) })
        {
            var answer = await server.AskAsync("POST", "/api/tasks/T/renew", $$"""{"agent":"ann","token":{{token}}}""", header);
            Assert.Equal(status, answer.Status);
        }
        var refused = await server.AskAsync("POST", "/api/tasks/T/complete", $$"""{"token":{{token}}}""", bob);
        Assert.Equal("LeaseLost", (string?)refused.Json["code"]);
        Assert.Equal("ann", _folder.Board.FindTask("T")!.Claim!.Agent);
        Assert.Equal("NotPermitted", Refusal(await McpAsync(server, bob, "claim", """{"action":"next","agent":"ann"}""")));
        var mine = await McpAsync(server, bob, "claim",
            """{"action":"release","task_id":"T","agent":"ann","token":1}""");
        Assert.Equal("NotPermitted", Refusal(mine));
    }

    [Fact]
    public async Task One_that_only_reads_changes_nothing_and_has_no_tool_for_it()
    {
        _folder.Define("T");
        var (ann, bob) = (await AddAsync("ann"), await AddAsync("bob", "--allow-changes"));
        using (var server = await ServeAsync("--allow-changes"))
        {
            var refused = await server.AskAsync("POST", "/api/tasks/T/assign", """{"assignee_name":"zoe"}""", ann);
            Assert.Equal((403, "NotPermitted"), (refused.Status, (string?)refused.Json["code"]));
            Assert.Contains("ann", (string)refused.Json["detail"]!, StringComparison.Ordinal);
            foreach (var (header, isReadOnly) in new[] { (ann, true), (bob, false), (ann, true) })
                Assert.Equal(isReadOnly, (bool)(await server.AskAsync("GET", "/api/board", null, header)).Json["read_only"]!);
            var (few, all) = (await ToolsAsync(server, ann), await ToolsAsync(server, bob));
            Assert.DoesNotContain("claim", few);
            Assert.Contains("claim", all);
            Assert.Contains("task_query", few);
            Assert.Null(_folder.Board.FindTask("T")!.Assignee);
        }
        // Nor does one that may, where nobody may.
        using var reading = await ServeAsync();
        Assert.Equal(403, (await reading.AskAsync("POST", "/api/tasks/T/assign", """{"assignee_name":"zoe"}""", bob)).Status);
        Assert.DoesNotContain("claim", await ToolsAsync(reading, bob));
    }

    [Fact]
    public async Task Without_one_or_with_one_that_was_revoked_nothing_is_told()
    {
        var (ann, bob) = (await AddAsync("ann"), await AddAsync("bob"));
        using var server = await ServeAsync();
        foreach (var path in new[] { "/api/tasks", "/api/board", "/api/events", "/metrics", "/mcp", "/app.js", "/" })
        {
            foreach (var header in new[] { "Authorization:", "Authorization: Bearer", "Authorization: Bearer " + new string('0', 64),
                "Authorization: Basic " + ann.Split(' ')[2], "Cookie: tasklock_1=x", $"Cookie: tasklock_{server.Port}={ann.Split(' ')[2]}",
                "Authorization: Bearer " + File.ReadAllText(Tokens).Split("\"print\":\"")[1][..64] })
                Assert.Equal(401, (await server.AskAsync("GET", path, null, header)).Status);
        }
        Assert.Equal(200, (await server.AskAsync("GET", "/api/tasks", null, ann)).Status);
        Assert.Equal((0, "The token of ann is revoked\n"), await RunAsync("token", "revoke", "ann", "--tokens", Tokens));
        Assert.Equal(401, (await server.AskAsync("GET", "/api/tasks", null, ann)).Status);
        Assert.Equal(200, (await server.AskAsync("GET", "/api/tasks", null, bob)).Status);
        // Made anew it has another secret, which counts at once.
        var anew = await AddAsync("ann");
        Assert.Equal(200, (await server.AskAsync("GET", "/api/tasks", null, anew)).Status);
        Assert.Equal(401, (await server.AskAsync("GET", "/api/tasks", null, ann)).Status);
        // A file that is gone, or is none, or is everybody's, lets nobody in.
        foreach (var spoil in Spoilers())
        {
            var good = File.ReadAllBytes(Tokens);
            spoil(Tokens);
            Assert.Equal(401, (await server.AskAsync("GET", "/api/tasks", null, bob)).Status);
            File.Delete(Tokens);
            Write(Tokens, good);
            Assert.Equal(200, (await server.AskAsync("GET", "/api/tasks", null, bob)).Status);
        }
        Assert.Equal(200, (await server.AskAsync("GET", "/healthz", null, "Authorization:")).Status);
    }

    [Fact]
    public async Task What_somebody_follows_ends_when_his_token_is_revoked()
    {
        _folder.Define("T");
        var (ann, bob) = (await AddAsync("ann"), await AddAsync("bob"));
        using var server = await ServeAsync();
        using var watched = await FollowAsync(server, ann);
        using var other = await FollowAsync(server, bob);
        await RunAsync("token", "revoke", "ann", "--tokens", Tokens);
        var ends = Task.Run(() => DrainAsync(watched));
        await ends.WaitAsync(Patience);
        // The other goes on.
        _folder.Define("U");
        var buffer = new byte[4096];
        var told = "";
        while (!told.Contains("\"U\"", StringComparison.Ordinal))
        {
            var read = await other.GetStream().ReadAsync(buffer).AsTask().WaitAsync(Patience);
            Assert.NotEqual(0, read);
            told += Encoding.UTF8.GetString(buffer, 0, read);
        }
    }

    [Fact]
    public async Task A_browser_sends_its_secret_in_no_address_and_gets_a_cookie_that_lasts()
    {
        _folder.Define("T");
        var ann = await AddAsync("ann", "--allow-changes");
        var secret = ann.Split(' ')[2];
        string cookie;
        using (var server = await ServeAsync("--allow-changes"))
        {
            var origin = $"Origin: http://127.0.0.1:{server.Port}";
            var body = $$"""{"token":"{{secret}}"}""";
            Assert.Equal(401, (await server.AskAsync("GET", "/login?t=" + secret, null, "Authorization:")).Status);
            Assert.Equal(403, (await server.AskAsync("POST", "/login", body, "Authorization:")).Status);
            Assert.Equal(403, (await server.AskAsync("POST", "/login", body, "Authorization:", "Origin: http://evil.example")).Status);
            Assert.Equal(403, (await server.AskAsync("POST", "/login", body, "Authorization:", "Sec-Fetch-Site: cross-site")).Status);
            Assert.Equal(415, (await server.AskAsync("POST", "/login", body, "Authorization:", origin, "Content-Type: text/plain")).Status);
            Assert.Equal(405, (await server.AskAsync("PUT", "/login", body, "Authorization:", origin)).Status);
            foreach (var wrong in new[] { "", "{", "[]", "{}", """{"token":1}""", """{"token":"x"}""", "{\"token\":\"\\ud800\"}",
                $$"""{"token":"{{new string('x', 5000)}}"}""" })
                Assert.Equal(401, (await server.AskAsync("POST", "/login", wrong, "Authorization:", origin)).Status);

            var answer = await server.AskAsync("POST", "/login", body, "Authorization:", origin, "Sec-Fetch-Site: same-origin");
            Assert.Equal((204, "no-store"), (answer.Status, answer["Cache-Control"]));
            cookie = answer["Set-Cookie"]!;
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, cookie, StringComparison.Ordinal);
            Assert.DoesNotContain(cookie.Split('=', ';')[1], File.ReadAllText(Tokens), StringComparison.Ordinal);
            var done = await server.AskAsync("POST", "/api/tasks/T/assign", """{"assignee_name":"zoe"}""",
                "Cookie: " + cookie.Split(';')[0], origin, "Sec-Fetch-Site: same-origin");
            Assert.Equal(200, done.Status);
            Assert.Equal("ann", _folder.Board.FindTask("T")!.Assignee!.AssignedBy);
            await RunAsync("token", "add", "bob", "--tokens", Tokens);
        }
        using (var again = await ServeAsync())
        {
            var shown = $"Cookie: tasklock_{again.Port}={cookie.Split('=', ';')[1]}";
            Assert.Equal(200, (await again.AskAsync("GET", "/api/tasks", null, shown)).Status);
            await RunAsync("token", "revoke", "ann", "--tokens", Tokens);
            Assert.Equal(401, (await again.AskAsync("GET", "/api/tasks", null, shown)).Status);
        }
    }

    [Fact]
    public async Task No_secret_is_in_the_file_the_output_the_log_or_the_list_of_processes()
    {
        var (ann, bob) = (await AddAsync("ann", "--allow-changes"), await AddAsync("bob"));
        var secrets = new[] { ann, bob }.Select(header => header.Split(' ')[2]).ToList();
        using var server = await ServeAsync("--allow-changes");
        var said = new StringBuilder(server.Greeting.ToJsonString());
        foreach (var (path, header) in new[] { ("/api/nothing", ann), ("/api/tasks/none", ann), ("/api/tasks?x=1", bob) })
            said.Append((await server.AskAsync("GET", path, null, header)).Text);
        said.Append((await server.AskAsync("POST", "/api/tasks/x/assign", "{", bob)).Text);
        said.Append((await server.AskAsync("GET", "/api/tasks", null, bob + "x")).Text);
        if (OperatingSystem.IsLinux())
            said.Append(await File.ReadAllTextAsync($"/proc/{server.Process.Id}/cmdline"))
                .Append(await File.ReadAllTextAsync($"/proc/{server.Process.Id}/environ"));
        File.Delete(Tokens);
        Assert.Equal(401, (await server.AskAsync("GET", "/api/tasks", null, ann)).Status);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(0, await server.TerminateAsync());
        else
            server.Process.Kill();
        said.Append(await server.Process.StandardOutput.ReadToEndAsync());
        var log = await server.Process.StandardError.ReadToEndAsync();
        Assert.Contains("nobody is let in", log, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, said + log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_commands_make_list_and_revoke_them()
    {
        var (code, secret) = await RunAsync("token", "add", "ann", "--tokens", Tokens);
        Assert.Equal(0, code);
        Assert.Matches("^[0-9a-f]{64}\n$", secret);
        Assert.DoesNotContain(secret.Trim(), File.ReadAllText(Tokens), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(Owner, File.GetUnixFileMode(Tokens));

        var file = Path.Combine(_folder.Path, "secret");
        var (_, made) = await RunAsync("token", "add", "bob", "--tokens", Tokens, "--allow-changes", "--secret-file", file, "--json");
        Assert.Equal(["name", "rights", "made", "token", "secret_file"], JsonNode.Parse(made)!.AsObject().Select(each => each.Key));
        Assert.Equal(("bob", "change", null, file), ((string?)JsonNode.Parse(made)!["name"], (string?)JsonNode.Parse(made)!["rights"],
            (string?)JsonNode.Parse(made)!["token"], (string?)JsonNode.Parse(made)!["secret_file"]));
        Assert.Matches("^[0-9a-f]{64}$", File.ReadAllText(file).Trim());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(Owner, File.GetUnixFileMode(file));
        // A file that is there is not written over, and then no token is made.
        Assert.Equal(10, (await RunAsync("token", "add", "eve", "--tokens", Tokens, "--secret-file", file)).Code);

        var listed = JsonNode.Parse((await RunAsync("token", "list", "--tokens", Tokens, "--json")).Output)!.AsArray();
        Assert.Equal(["ann read", "bob change"], listed.Select(token => $"{token!["name"]} {token["rights"]}"));
        Assert.All(listed, token => Assert.Equal(["name", "rights", "made"], token!.AsObject().Select(each => each.Key)));

        Assert.Equal(2, (await RunAsync("token", "add", "ann", "--tokens", Tokens)).Code);
        foreach (var name in new[] { "", " ann", "a\nb", "a\u202Eb", new string('x', 101) })
            Assert.Equal(2, (await RunAsync("token", "add", name, "--tokens", Tokens)).Code);
        Assert.Equal(2, (await RunAsync("token", "add", "zoe")).Code);
        Assert.Equal(4, (await RunAsync("token", "revoke", "ann", "none", "--tokens", Tokens)).Code);
        Assert.Equal(0, (await RunAsync("token", "revoke", "ann", "bob", "--tokens", Tokens)).Code);
        Assert.Equal("[]\n", (await RunAsync("token", "list", "--tokens", Tokens, "--json")).Output);
        Assert.Equal(2, (await RunAsync("token", "list", "--tokens", file)).Code);
        var none = await ServerCommand.RunAsync(_folder.Path, "token", "revoke", "ann", "--tokens", Path.Combine(_folder.Path, "none"));
        Assert.NotEqual(0, none.ExitCode);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "none")));
    }

    [Fact]
    public async Task A_file_that_others_may_use_is_refused_and_so_are_two_kinds_of_tokens()
    {
        await AddAsync("ann");
        var both = await ServerCommand.RunAsync(_folder.Path, "serve", "--port", "0", "--tokens", Tokens, "--token-file", "t");
        Assert.Equal(2, both.ExitCode);
        Assert.Contains("--tokens", both.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, (await ServerCommand.RunAsync(_folder.Path, "serve", "--port", "0", "--tokens", "none")).ExitCode);
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("It has no modes.");
            return;
        }
        File.SetUnixFileMode(Tokens, Owner | UnixFileMode.GroupRead);
        foreach (var words in new string[][] { ["serve", "--port", "0"], ["token", "list"], ["token", "add", "bob"],
            ["token", "revoke", "ann"] })
        {
            var (code, output, error) = await ServerCommand.RunAsync(_folder.Path, [.. words, "--tokens", Tokens]);
            Assert.NotEqual(0, code);
            Assert.Equal("", output);
            Assert.Contains("chmod 600", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Those_who_make_tokens_at_the_same_time_lose_none()
    {
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            number => TokenFile.Add(Tokens, "agent-" + number, mayChange: false, DateTimeOffset.UtcNow));
        Assert.Equal(Enumerable.Range(0, 40).Select(number => "agent-" + number).Order(StringComparer.Ordinal),
            TokenFile.Read(Tokens).Select(token => token.Name).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    private static IEnumerable<Action<string>> Spoilers()
    {
        yield return File.Delete;
        yield return path => File.WriteAllText(path, "{");
        yield return path => File.WriteAllText(path, """{"tokens":[{"name":"bob"}]}""");
        if (!OperatingSystem.IsWindows())
            yield return OpenToOthers;
    }

    private static void OpenToOthers(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Owner | UnixFileMode.OtherRead);
    }

    private static void Write(string path, byte[] bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        using var file = new FileStream(path, options);
        file.Write(bytes);
    }

    private Task<HttpProcess> ServeAsync(params string[] words) =>
        HttpProcess.StartAsync(_folder.Path, ["--tokens", Tokens, .. words]);

    private async Task<(int Code, string Output)> RunAsync(params string[] words)
    {
        var (code, output, _) = await ServerCommand.RunAsync(_folder.Path, words);
        return (code, output);
    }

    // The header that shows it.
    private async Task<string> AddAsync(string name, params string[] words)
    {
        var (code, output) = await RunAsync(["token", "add", name, "--tokens", Tokens, .. words]);
        Assert.Equal(0, code);
        return "Authorization: Bearer " + output.Trim();
    }

    private static async Task<TcpClient> FollowAsync(HttpProcess server, string header)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\n{header}\r\n\r\n"));
        var buffer = new byte[4096];
        var told = "";
        while (!told.Contains("event: begin", StringComparison.Ordinal))
        {
            var read = await client.GetStream().ReadAsync(buffer).AsTask().WaitAsync(Patience);
            Assert.NotEqual(0, read);
            told += Encoding.UTF8.GetString(buffer, 0, read);
        }
        return client;
    }

    private static async Task DrainAsync(TcpClient client)
    {
        var buffer = new byte[4096];
        try
        {
            while (await client.GetStream().ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset: it has ended, too.
        }
    }

    private static async Task<JsonNode> McpAsync(HttpProcess server, string header, string tool, string arguments)
    {
        var body = $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""";
        return Answer(await server.AskAsync("POST", "/mcp", body, header, "Accept: application/json, text/event-stream",
            "MCP-Protocol-Version: 2025-11-25"))["structuredContent"]!;
    }

    private static async Task<List<string>> ToolsAsync(HttpProcess server, string header)
    {
        var answer = Answer(await server.AskAsync("POST", "/mcp", """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", header,
            "Accept: application/json, text/event-stream", "MCP-Protocol-Version: 2025-11-25"));
        return answer["tools"]!.AsArray().Select(tool => (string)tool!["name"]!).ToList();
    }

    private static JsonNode Answer(RawAnswer answer)
    {
        Assert.Equal(200, answer.Status);
        var data = answer.Text.Split('\n').LastOrDefault(line => line.StartsWith("data:", StringComparison.Ordinal));
        return JsonNode.Parse(data is null ? answer.Text : data["data:".Length..])!["result"]!;
    }

    private static string? Refusal(JsonNode answer) => (string?)answer["refusal"]!["code"];
}
