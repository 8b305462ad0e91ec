using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace TaskLocking.Tests.Server;

/// <summary>A client of a stream of events that reads its lines itself.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;
    private readonly StreamReader _lines;

    private EventReader(HttpClient client, HttpResponseMessage answer, Stream stream) =>
        (_client, Answer, _lines) = (client, answer, new StreamReader(stream));

    public HttpResponseMessage Answer { get; }

    public static async Task<EventReader> OpenAsync(
        HttpProcess server, string query = "", long? last = null, DecompressionMethods unpacks = DecompressionMethods.None)
    {
        var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = unpacks }) { Timeout = Patience };
        var request = new HttpRequestMessage(HttpMethod.Get, $"{server.Url}/api/events{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        if (last is { } version)
            request.Headers.Add("Last-Event-ID", $"{version}");
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventReader(client, answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The next message; null at the end of the stream.</summary>
    public async Task<(string Name, long Id, JsonNode Data)?> ReadAsync()
    {
        var fields = new Dictionary<string, string>();
        // For the message: lines that only say that the stream lives come for ever.
        using var patience = new CancellationTokenSource(Patience);
        while (await _lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Length == 0 && fields.TryGetValue("data", out var data))
                return (fields["event"], long.Parse(fields["id"], System.Globalization.CultureInfo.InvariantCulture),
                    JsonNode.Parse(data)!);
            if (line.Length > 0 && line[0] != ':')
                fields.Add(line[..line.IndexOf(':')], line[(line.IndexOf(':') + 2)..]);
        }
        return null;
    }

    /// <summary>The versions of the commits that come, up to one.</summary>
    public async Task<(List<long> Versions, int Messages)> ReadToAsync(long version)
    {
        var (versions, messages) = (new List<long>(), 0);
        while (versions.Count == 0 || versions[^1] < version)
        {
            var (name, id, data) = await ReadAsync() ?? throw new EndOfStreamException();
            if (name != "commits")
                continue;
            messages++;
            versions.AddRange(data["events"]!.AsArray().Select(each => (long)each!["version"]!));
            Xunit.Assert.Equal(versions[^1], id);
        }
        return (versions, messages);
    }

    public void Dispose()
    {
        Answer.Dispose();
        _client.Dispose();
    }
}
