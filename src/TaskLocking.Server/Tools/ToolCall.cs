using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>
/// One call of a tool: its arguments, read as what the table says they are. What is wrong with them is InvalidArgument, in a sentence that
/// names the argument.
/// </summary>
internal sealed class ToolCall(ToolSetting setting, IReadOnlyDictionary<string, JsonElement> arguments, CancellationToken cancellation)
{
    public const string RequestIdField = "request_id";

    private long _version;

    public ToolSetting Setting => setting;

    public TaskBoard Board => setting.Board;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Told now and then during a wait: seconds so far, and of how many.</summary>
    public Action<int, int>? OnWait { get; init; }

    /// <summary>The version that the task must still have, where that was asked for beside the arguments.</summary>
    public long? IfVersion { get; init; }

    /// <summary>The name of the request, where it came beside the arguments; null: as they say.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether it was done before, and the answer is that one.</summary>
    public bool IsReplayed { get; private set; }

    /// <summary>Whether it has a name, so that it is done once.</summary>
    public bool IsNamed => (RequestId ?? Text(RequestIdField)) is not null;

    /// <summary>The version that the change of this call made, else the one that was there when it began.</summary>
    public long Version => _version;

    /// <summary>What is told is told of this version or a newer one: whoever compares versions later is never behind.</summary>
    public void BeginAt() => _version = Board.GetVersion();

    /// <summary>Refuses what the tool does not take.</summary>
    public void Check(BoardTool tool)
    {
        foreach (var name in arguments.Keys)
        {
            if (name != "action" && !tool.Fields.Any(field => string.Equals(field.Name, name, StringComparison.Ordinal)))
            {
                throw Fault($"{tool.Name} does not take '{name}'. It takes action, "
                    + $"{string.Join(", ", tool.Fields.Select(field => field.Name))}.");
            }
        }
        var actions = tool.Actions.Select(action => action.Name).ToList();
        if (Text("action") is not { } word || !actions.Contains(word, StringComparer.Ordinal))
            throw Fault($"{tool.Name} needs 'action', one of {string.Join(", ", actions)}.");
        foreach (var field in tool.Fields)
            Check(field);
    }

    public bool Has(string name) => arguments.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public JsonElement? Value(string name) => Has(name) ? arguments[name] : null;

    public string? Text(string name) => Value(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String && Read(value) is { } text ? text
        : throw Fault($"'{name}' must be a text.");

    /// <summary>A text that must be there and have something in it.</summary>
    public string Need(string name) => Text(name) is { Length: > 0 } text ? text : throw Fault($"'{name}' is missing.");

    public IReadOnlyList<string> Texts(string name) => Value(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(each => each.ValueKind == JsonValueKind.String && Read(each) is { } text ? text
                : throw Fault($"'{name}' must be a list of texts.")).ToList()
        : throw Fault($"'{name}' must be a list of texts.");

    public bool Flag(string name) => Value(name) is { } value && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault($"'{name}' must be true or false."),
    };

    public long? Integer(string name) => Value(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : throw Fault($"'{name}' must be a whole number.");

    public int Integer(string name, int standard) => Integer(name) is not { } number ? standard : (int)number;

    /// <summary>A length of time: "90s", "30m", "4h".</summary>
    public TimeSpan? Length(string name) => Duration.Parse(Text(name), $"\"{name}\": \"30m\"");

    public IReadOnlyList<AgentTaskStatus> Statuses(string name) => Words.Statuses([.. Texts(name)]);

    /// <summary>One task, or several: <c>task_id</c> and <c>task_ids</c>.</summary>
    public IReadOnlyList<string> Ids()
    {
        var ids = Texts("task_ids");
        if (Text("task_id") is { Length: > 0 } id)
            ids = [id, .. ids];
        return ids.Count > 0 ? ids : throw Fault("Say which task, in 'task_id'.");
    }

    /// <summary>In whose name the call is.</summary>
    public string Agent() => FindAgent() ?? throw Fault("Say who works, in 'agent'.");

    /// <summary>Null where nobody is named.</summary>
    public string? FindAgent()
    {
        var named = Text("agent") is { Length: > 0 } text ? text : null;
        if (setting.BoundAgent is not { } bound)
            return named ?? setting.Agent;
        return named is null || string.Equals(named, bound, StringComparison.Ordinal) ? bound
            : throw new TaskLockingException(RefusalCode.NotPermitted, $"The token of this caller is that of {bound}, not of {named}.");
    }

    /// <summary>The same with the process by which a claim is judged.</summary>
    public LeaseHolder Holder() => new(Agent())
    {
        Host = setting.Client is null ? null : ProcessLiveness.HostName,
        Pid = setting.Client?.Pid,
        ProcessStart = setting.Client?.Start,
        Callers = setting.Callers,
    };

    /// <summary>How a change is committed: who does it stands in the history.</summary>
    public CommitOptions Commit(string? by = null) => new()
    {
        By = by ?? FindAgent(),
        RequestId = RequestId ?? Text(RequestIdField),
        OnCommitted = report => (_version, IsReplayed) = (report.Version, IsReplayed || report.Replayed),
    };

    public static TaskLockingException Fault(string sentence) => new(RefusalCode.InvalidArgument, sentence);

    private void Check(ToolField field)
    {
        switch (field.Kind)
        {
            case FieldKind.Text:
                if (Text(field.Name) is { } text && field.Words is { } words && !words.Contains(text, StringComparer.Ordinal))
                    throw Fault($"'{field.Name}' must be one of {string.Join(", ", words)}.");
                break;
            case FieldKind.Integer:
                if (Integer(field.Name) is { } number && field.Range is var (least, most) && (number < least || number > most))
                    throw Fault($"'{field.Name}' must be {least} to {most}.");
                break;
            case FieldKind.Flag:
                _ = Flag(field.Name);
                break;
            case FieldKind.Texts:
                foreach (var each in Texts(field.Name))
                {
                    if (field.Words is { } among && !among.Contains(each, StringComparer.Ordinal))
                        throw Fault($"'{field.Name}' takes only {string.Join(", ", among)}.");
                }
                break;
            default:
                if (Value(field.Name) is { ValueKind: not JsonValueKind.Array })
                    throw Fault($"'{field.Name}' must be a list.");
                break;
        }
    }

    // Half a character is no text.
    private static string? Read(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
