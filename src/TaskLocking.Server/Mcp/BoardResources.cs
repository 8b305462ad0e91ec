using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace TaskLocking.Server;

/// <summary>What can be read by its address; the same answers as the tools give.</summary>
internal sealed class BoardResources(ToolSetting setting)
{
    private const string Scheme = "tasklock://";
    private const int MostCompletions = 100;
    private const string Json = "application/json";

    private static readonly (string Path, string Description)[] Fixed =
    [
        ("ready", "What can be taken now, best first."),
        ("agents", "The registered agents."),
        ("leases", "The leases on files."),
    ];

    private static readonly (string Path, string Argument, string Description)[] Patterns =
    [
        ("progress/", "swarm", "How far a swarm is."),
        ("tasks/", "id", "A task as its document has it."),
        ("history/", "id", "The changes of a task, newest first."),
    ];

    public static ListResourcesResult List() => new()
    {
        Resources = Fixed.Select(each => new Resource
        {
            Uri = Scheme + each.Path,
            Name = each.Path,
            Description = each.Description,
            MimeType = Json,
        }).ToList(),
        TimeToLive = TimeSpan.FromHours(1),
        CacheScope = CacheScope.Public,
    };

    public static ListResourceTemplatesResult Templates() => new()
    {
        ResourceTemplates = Patterns.Select(each => new ResourceTemplate
        {
            UriTemplate = $"{Scheme}{each.Path}{{{each.Argument}}}",
            Name = each.Path.TrimEnd('/'),
            Description = each.Description,
            MimeType = Json,
        }).ToList(),
        TimeToLive = TimeSpan.FromHours(1),
        CacheScope = CacheScope.Public,
    };

    /// <exception cref="McpProtocolException">Nothing has the address.</exception>
    public ReadResourceResult Read(string uri)
    {
        var answer = Answer(uri);
        if (answer is null || answer.Refusal is not null)
            throw new McpProtocolException($"Nothing is at '{TerminalText.Line(uri)}'.", McpErrorCode.InvalidParams);
        return new ReadResourceResult
        {
            Contents = [new TextResourceContents { Uri = uri, MimeType = Json, Text = Encoding.UTF8.GetString(answer.Json) }],
            TimeToLive = TimeSpan.Zero,
            CacheScope = CacheScope.Private,
        };
    }

    /// <summary>Whether an address is one of these; what it names may come to be.</summary>
    public static bool IsResource(string uri) => uri.StartsWith(Scheme, StringComparison.Ordinal)
        && (Array.Exists(Fixed, each => uri[Scheme.Length..] == each.Path)
            || Array.Exists(Patterns, each => Rest(uri[Scheme.Length..], each.Path) is not null));

    /// <summary>The task that an address is about; null where it is about others.</summary>
    public static string? TaskOf(string uri) => Rest(uri[Scheme.Length..], "tasks/") ?? Rest(uri[Scheme.Length..], "history/");

    public static bool IsAgents(string uri) => uri == Scheme + "agents";

    /// <summary>Ids, swarms and agents that begin so.</summary>
    public CompleteResult Complete(Argument argument)
    {
        var tasks = setting.Board.GetTasks();
        var words = argument.Name switch
        {
            "swarm" => tasks.Select(task => task.Swarm).OfType<string>(),
            "id" or "task_id" => tasks.Select(task => task.Id),
            "agent" => setting.Board.GetAgents().Select(agent => agent.Name)
                .Concat(tasks.Select(task => task.Assignee?.Name).OfType<string>()),
            _ => [],
        };
        var found = words.Where(word => word.StartsWith(argument.Value, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToList();
        return new CompleteResult
        {
            Completion = new Completion
            {
                Values = found.Take(MostCompletions).Select(TerminalText.Line).ToList(),
                Total = found.Count,
                HasMore = found.Count > MostCompletions,
            },
        };
    }

    private ToolAnswer? Answer(string uri)
    {
        if (!uri.StartsWith(Scheme, StringComparison.Ordinal))
            return null;
        var path = uri[Scheme.Length..];
        return path switch
        {
            "ready" => Run(TaskQueryTool.Table, "ready"),
            "agents" => Run(AgentTools.Query, "list"),
            "leases" => Run(FileTools.Query, "list"),
            _ when Rest(path, "progress/") is { } swarm => HasSwarm(swarm) ? Run(ProgressTool.Table, "show", ("swarm", swarm)) : null,
            _ when Rest(path, "tasks/") is { } id => Run(TaskQueryTool.Table, "get", ("task_id", id), ("detail", "full")),
            _ when Rest(path, "history/") is { } id => Run(TaskQueryTool.Table, "history", ("task_id", id)),
            _ => null,
        };
    }

    private bool HasSwarm(string swarm) => setting.Board.GetTasks(new TaskQuery { Swarm = swarm }).Count > 0;

    private ToolAnswer Run(BoardTool tool, string action, params (string Name, string Value)[] arguments)
    {
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments.Append(("action", action)))
            given[name] = JsonElementOf(value);
        return ToolTable.Run(tool, new ToolCall(setting, given, CancellationToken.None));
    }

    private static JsonElement JsonElementOf(string text)
    {
        using var document = JsonDocument.Parse($"\"{JsonEncodedText.Encode(text)}\"");
        return document.RootElement.Clone();
    }

    private static string? Rest(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && path.Length > prefix.Length
            ? Uri.UnescapeDataString(path[prefix.Length..]) : null;
}
