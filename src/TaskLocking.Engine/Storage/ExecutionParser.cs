using System;
using System.Globalization;
using System.Text.Json;
using TaskLocking.Leases;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>Reads the fields of <see cref="TaskExecution"/>; what does not fit is passed over. The counterpart of <see cref="ExecutionChange"/>.</summary>
internal static class ExecutionParser
{
    /// <summary>Takes the field that the reader stands at, whatever it is, and leaves the reader at the end of its value.</summary>
    public static TaskExecution Read(ref Utf8JsonReader reader, TaskExecution execution)
    {
        var name = reader.GetString();
        reader.Read();
        switch (name)
        {
            case "maxAttempt":
                return execution with { MaxAttempt = Math.Max(1, (int)(Number(ref reader) ?? 1)) };
            case "retryDelay":
                return execution with { RetryDelay = Seconds(ref reader) };
            case "timeLimit":
                return execution with { TimeLimit = Seconds(ref reader) };
            case "review":
                return execution with { NeedsReview = TodoText.Read(ref reader) == "true" };
            case "files":
                return execution with { Files = TodoText.ReadList(ref reader) };
            case "allow":
                return execution with { AllowedAgents = TodoText.ReadList(ref reader) };
            case "attempt":
                return execution with { Attempt = (int)(Number(ref reader) ?? 0) };
            case "strikes":
                return execution with { Strikes = (int)(Number(ref reader) ?? 0) };
            case "notBefore":
                return execution with { NotBefore = Timestamp.Parse(TodoText.Read(ref reader)) };
            case "startedAt":
                return execution with { StartedAt = Timestamp.Parse(TodoText.Read(ref reader)) };
            case "failure":
                return execution with { Failure = Failure(ref reader) };
            case "blockedBy":
                return execution with { Block = Block(ref reader) };
            case "claim":
                return execution with { Claim = Claim(ref reader) };
            default:
                reader.Skip();
                return execution;
        }
    }

    public static TaskClaim? Claim(ref Utf8JsonReader reader)
    {
        var fields = new RecordFields(ref reader);
        return fields.Number("token") is { } token && fields.Text("agent") is { Length: > 0 } agent && fields.Time("expires") is { } expires
            ? new TaskClaim((long)token, agent, fields.Time("claimed") ?? expires, expires, TimeSpan.FromSeconds(fields.Number("ttl") ?? 0))
            {
                Host = fields.Text("host"),
                Pid = (int?)fields.Number("pid"),
                ProcessStart = fields.Text("processStart"),
            }
            : null;
    }

    private static TaskFailure? Failure(ref Utf8JsonReader reader)
    {
        var fields = new RecordFields(ref reader);
        return fields.Text("reason") is { } reason ? new TaskFailure(reason, fields.Time("at") ?? default, fields.Text("agent")) : null;
    }

    private static TaskBlock? Block(ref Utf8JsonReader reader)
    {
        var fields = new RecordFields(ref reader);
        return fields.Text("nearest") is { } nearest ? new TaskBlock(nearest, fields.Text("root") ?? nearest) : null;
    }

    private static double? Number(ref Utf8JsonReader reader) =>
        double.TryParse(TodoText.Read(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1e15 ? number : null;

    private static TimeSpan? Seconds(ref Utf8JsonReader reader) => Number(ref reader) is > 0 and < 1e10 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}
