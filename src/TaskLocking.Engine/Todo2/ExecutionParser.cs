using System;
using System.Globalization;
using System.Text.Json;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.Todo2;

/// <summary>
/// Reads the fields of <see cref="TaskExecution"/>; what does not fit is passed over. The counterpart of <see cref="ExecutionChange"/>.
/// </summary>
internal static class ExecutionParser
{
    /// <summary>The field of this name; none for anything else.</summary>
    public static TodoField Field(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 => Is(name, "files"u8, TodoField.Files) | Is(name, "allow"u8, TodoField.AllowedAgents) | Is(name, "claim"u8, TodoField.Claim),
        6 => Is(name, "review"u8, TodoField.NeedsReview),
        7 => Is(name, "attempt"u8, TodoField.Attempt) | Is(name, "strikes"u8, TodoField.Strikes) | Is(name, "failure"u8, TodoField.Failure),
        9 => Is(name, "timeLimit"u8, TodoField.TimeLimit) | Is(name, "notBefore"u8, TodoField.NotBefore) | Is(name, "startedAt"u8,
            TodoField.StartedAt) | Is(name, "blockedBy"u8, TodoField.Block),
        10 => Is(name, "maxAttempt"u8, TodoField.MaxAttempt) | Is(name, "retryDelay"u8, TodoField.RetryDelay),
        _ => TodoField.None,
    };

    /// <summary>Takes a field; the reader stands at its value and is left at the end of it.</summary>
    public static TaskExecution Read(TodoField field, ref Utf8JsonReader reader, TaskExecution execution)
    {
        switch (field)
        {
            case TodoField.MaxAttempt:
                return execution with { MaxAttempt = Math.Max(1, (int)(Number(ref reader) ?? 1)) };
            case TodoField.RetryDelay:
                return execution with { RetryDelay = Seconds(ref reader) };
            case TodoField.TimeLimit:
                return execution with { TimeLimit = Seconds(ref reader) };
            case TodoField.NeedsReview:
                return execution with { NeedsReview = TodoText.Read(ref reader) == "true" };
            case TodoField.Files:
                return execution with { Files = TodoText.ReadList(ref reader) };
            case TodoField.AllowedAgents:
                return execution with { AllowedAgents = TodoText.ReadList(ref reader) };
            case TodoField.Attempt:
                return execution with { Attempt = (int)(Number(ref reader) ?? 0) };
            case TodoField.Strikes:
                return execution with { Strikes = (int)(Number(ref reader) ?? 0) };
            case TodoField.NotBefore:
                return execution with { NotBefore = Timestamp.Parse(TodoText.Read(ref reader)) };
            case TodoField.StartedAt:
                return execution with { StartedAt = Timestamp.Parse(TodoText.Read(ref reader)) };
            case TodoField.Failure:
                return execution with { Failure = Failure(ref reader) };
            case TodoField.Block:
                return execution with { Block = Block(ref reader) };
            case TodoField.Claim:
                return execution with { Claim = Claim(ref reader) };
            default:
                reader.Skip();
                return execution;
        }
    }

    /// <summary>What was read, and the rest of what was before.</summary>
    public static TaskExecution Merge(TaskExecution before, TaskExecution read, TodoField seen)
    {
        bool Has(TodoField field) => (seen & field) != TodoField.None;
        return new TaskExecution
        {
            MaxAttempt = Has(TodoField.MaxAttempt) ? read.MaxAttempt : before.MaxAttempt,
            RetryDelay = Has(TodoField.RetryDelay) ? read.RetryDelay : before.RetryDelay,
            TimeLimit = Has(TodoField.TimeLimit) ? read.TimeLimit : before.TimeLimit,
            NeedsReview = Has(TodoField.NeedsReview) ? read.NeedsReview : before.NeedsReview,
            Files = Has(TodoField.Files) ? read.Files : before.Files,
            AllowedAgents = Has(TodoField.AllowedAgents) ? read.AllowedAgents : before.AllowedAgents,
            Attempt = Has(TodoField.Attempt) ? read.Attempt : before.Attempt,
            Strikes = Has(TodoField.Strikes) ? read.Strikes : before.Strikes,
            NotBefore = Has(TodoField.NotBefore) ? read.NotBefore : before.NotBefore,
            StartedAt = Has(TodoField.StartedAt) ? read.StartedAt : before.StartedAt,
            Failure = Has(TodoField.Failure) ? read.Failure : before.Failure,
            Block = Has(TodoField.Block) ? read.Block : before.Block,
            Claim = Has(TodoField.Claim) ? read.Claim : before.Claim,
        };
    }

    private static TodoField Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known, TodoField field) =>
        name.SequenceEqual(known) ? field : TodoField.None;

    private static TaskClaim? Claim(ref Utf8JsonReader reader)
    {
        var fields = new RecordFields(ref reader);
        return fields.Number("token") is { } token && fields.Text("agent") is { Length: > 0 } agent && fields.Time("expires") is { } expires
            ? new TaskClaim((long)token, agent, fields.Time("claimed") ?? expires, expires, TimeSpan.FromSeconds(fields.Number("ttl") ?? 0),
                fields.Text("host"), (int?)fields.Number("pid"), fields.Text("processStart"))
            : null;
    }

    private static TaskFailure? Failure(ref Utf8JsonReader reader)
    {
        var fields = new RecordFields(ref reader);
        return fields.Text("reason") is { } reason
            ? new TaskFailure(reason, fields.Time("at") ?? default, fields.Text("agent"), fields.Text("output")) : null;
    }

    private static TaskBlock? Block(ref Utf8JsonReader reader)
    {
        var fields = new RecordFields(ref reader);
        return fields.Text("nearest") is { } nearest ? new TaskBlock(nearest, fields.Text("root") ?? nearest) : null;
    }

    private static double? Number(ref Utf8JsonReader reader)
    {
        double number;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var whole))
            number = whole;
        else if (!double.TryParse(TodoText.Read(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            return null;
        return number is >= 0 and <= 1e15 ? number : null;
    }

    private static TimeSpan? Seconds(ref Utf8JsonReader reader) =>
        Number(ref reader) is > 0 and < 1e10 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}
