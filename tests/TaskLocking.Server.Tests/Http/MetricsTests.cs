using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using System.Threading.Tasks;
using TaskLocking.Server;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>Numbers for those who look after many boards.</summary>
public sealed partial class MetricsTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(Repository.Root, "src", "TaskLocking.Server", "Metrics", "Grafana");

    private readonly BoardFolder _folder = new();

    [Theory]
    [InlineData("grafana-dashboard.json", 15)]
    [InlineData("prometheus-alerts.yml", 8)]
    public void What_a_dashboard_or_a_rule_names_is_there(string file, int atLeast)
    {
        var text = File.ReadAllText(Path.Combine(Shipped, file));
        if (file.EndsWith(".json", StringComparison.Ordinal))
            text = string.Join('\n', JsonNode.Parse(text)!["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray())
                .Select(target => (string)target!["expr"]!));
        var named = Name().Matches(text).Select(match => match.Value).ToList();
        Assert.InRange(named.Distinct().Count(), atLeast, 100);
        var known = Families().Select(family => MetricFamily.Prefix + family.Name).ToHashSet();
        Assert.All(named, name => Assert.Contains(name, known));
    }

    [Fact]
    public void What_a_rule_selects_by_a_label_occurs()
    {
        var text = File.ReadAllText(Path.Combine(Shipped, "prometheus-alerts.yml"))
            + File.ReadAllText(Path.Combine(Shipped, "grafana-dashboard.json")).Replace("\\\"", "\"", StringComparison.Ordinal);
        var selected = Selector().Matches(text).Select(match => (match.Groups["label"].Value, match.Groups["word"].Value)).ToList();
        Assert.NotEmpty(selected);
        var known = Families().SelectMany(family => family.Samples).Select(sample => (sample.Label ?? "", sample.Word ?? "")).ToHashSet();
        Assert.All(selected, each => Assert.Contains(each, known));
    }

    [Fact]
    public async Task Those_who_scrape_have_nothing_to_object()
    {
        var (found, _) = await PromtoolAsync("--version", "");
        Assert.SkipUnless(found, "THE NUMBERS ARE NOT CHECKED BY PROMTOOL: it is not here. Install it (apt-get install prometheus).");
        var (isRight, said) = await PromtoolAsync("check metrics", MetricsText.Of(Families()));
        Assert.True(isRight && said.Length == 0, said);
        (isRight, said) = await PromtoolAsync($"check rules {Path.Combine(Shipped, "prometheus-alerts.yml")}", "");
        Assert.True(isRight, said);
        Assert.Contains("8 rules found", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_and_spans_go_to_a_collector_where_one_is_named()
    {
        using var collector = new Collector();
        var variables = new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        };
        using var server = await HttpProcess.StartAsync(_folder.Path, variables);
        Assert.Equal(404, (await server.AskAsync("GET", "/api/tasks/none")).Status);
        foreach (var name in new[] { "tasklock_tasks", "in_progress", "tasklock_store_version", "tasklock_lock_wait_seconds_count" })
            await collector.WaitAsync("/v1/metrics", name);
        await collector.WaitAsync("/v1/traces", "tasklock.task_query.get");
        await collector.WaitAsync("/v1/traces", "TaskNotFound");
        if (OperatingSystem.IsLinux())
            Assert.Contains("OpenTelemetry", await File.ReadAllTextAsync($"/proc/{server.Process.Id}/maps"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_one_nothing_of_it_is_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a process has loaded.");
        var variables = new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = null };
        using var server = await HttpProcess.StartAsync(_folder.Path, variables);
        Assert.Equal(200, (await server.AskAsync("GET", "/metrics")).Status);
        var maps = await File.ReadAllTextAsync($"/proc/{server.Process.Id}/maps");
        Assert.Contains("tasklock-server", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", maps, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<MetricFamily> Families() => new BoardMetrics(_folder.Board, () => 0, TimeProvider.System).Read();

    private static async Task<(bool IsRight, string Said)> PromtoolAsync(string words, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("promtool", words)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode == 0, await output + await error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (false, "promtool is not here");
        }
    }

    [GeneratedRegex("tasklock_[a-z_]+")]
    private static partial Regex Name();

    [GeneratedRegex("""\{(?<label>[a-z]+)="(?<word>[^"]+)"\}""", RegexOptions.ExplicitCapture)]
    private static partial Regex Selector();

    // Takes what is sent, and says yes.
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Channel<(string Path, string Body)> _taken = Channel.CreateUnbounded<(string Path, string Body)>();
        private readonly List<(string Path, string Body)> _seen = [];

        public Collector()
        {
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
            }
            _listener.Prefixes.Add(Url);
            _listener.Start();
            _ = Task.Run(TakeAsync);
        }

        public string Url { get; }

        /// <summary>Until a word has come at an address.</summary>
        public async Task WaitAsync(string path, string word)
        {
            while (!_seen.Exists(each => each.Path == path && each.Body.Contains(word, StringComparison.Ordinal)))
                _seen.Add(await _taken.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60)));
        }

        public void Dispose() => ((IDisposable)_listener).Dispose();

        private async Task TakeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    using var body = new MemoryStream();
                    await context.Request.InputStream.CopyToAsync(body);
                    context.Response.Close();
                    _taken.Writer.TryWrite((context.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
                }
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
