using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Characters;

namespace TaskLocking.Model;

/// <summary>
/// What the fields of a task may hold when we write them. Each check gives null, or what is wrong as a sentence with an example that is
/// right. Lengths count UTF-16 code units. What a foreign file holds already is never judged: a task with such an id can still be changed.
/// </summary>
internal static class TaskFields
{
    public const int MaxIdLength = 100;
    public const int MaxNameLength = 1_000;
    public const int MaxLabelLength = 100;
    public const int MaxPathLength = 4_096;
    public const int MaxContentLength = 1_000_000;
    public const int MaxAttempts = 100;
    public const int MaxFiles = 1_000;

    public static string? Id(string? value) => Label("The task id", value, "T-1", MaxIdLength);

    /// <summary>An id of a task that should exist: whatever a file may hold, but something.</summary>
    public static string? NamedId(string? value) =>
        string.IsNullOrEmpty(value) ? "The task id is empty. Name the task by its id, for example T-1." : null;

    public static string? Name(string? value) =>
        value is null ? null : Shown("The name", value, "\"Write the tests\", or leave it out to use the id", MaxNameLength, isProse: true);

    public static string? Swarm(string? value) => Optional("The swarm", value, "nightly");

    public static string? TaskFile(string? value) =>
        string.IsNullOrEmpty(value) ? null : Line("The task file", value, "tasks/t-1.md", MaxPathLength);

    public static string? Content(string? value)
    {
        if (value is null)
            return null;
        return value.Length > MaxContentLength
            ? $"The content has {value.Length} characters; at most {MaxContentLength} are kept. Put it into a file, for example " +
                "tasks/t-1.md."
            : Surrogates("The content", value);
    }

    public static string? Reason(string? value) => Line("The reason", value, "3 of 40 tests failed", MaxNameLength);

    /// <summary>What a program wrote: lines and tabs, but nothing that a terminal would obey.</summary>
    public static string? Output(string? value)
    {
        if (value is null)
            return null;
        if (value.Length > FailureText.MaxOutput)
            return $"The output has {value.Length} characters; at most {FailureText.MaxOutput} are kept. Give its last lines.";
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i]) && value[i] is not ('\n' or '\t'))
                return $"The output has the control character U+{(int)value[i]:X4} at position {i + 1}. Give lines of plain text.";
        }
        return Surrogates("The output", value);
    }

    public static string? Capabilities(IReadOnlyList<string>? values) => Labels("A capability", values, "dotnet");

    public static string? Tags(IReadOnlyList<string>? values) => Labels("A tag", values, "backend");

    public static string? Requires(IReadOnlyList<string>? values) => Labels("A required capability", values, "dotnet");

    public static string? Files(IReadOnlyList<string>? values)
    {
        if (values?.Count > MaxFiles)
            return $"{values.Count} files are named; at most {MaxFiles} are kept. Use patterns, for example src/**/*.cs.";
        return values?.Select(Path).FirstOrDefault(fault => fault is not null);
    }

    public static string? MaxAttempt(int? value) =>
        value is null or (>= 1 and <= MaxAttempts) ? null : $"{value} attempts are not possible. Give 1 to {MaxAttempts}, for example 3.";

    public static string? RetryDelay(TimeSpan? value) => Span("The wait before a retry", value, 30, "30 s");

    public static string? TimeLimit(TimeSpan? value) => Span("The time limit", value, 365, "2 h");

    /// <summary>A dependency is the id of a task that is there, or one that a task to come may have.</summary>
    public static string? Dependencies(IReadOnlyList<string>? values, ITaskState state) =>
        values?.Select(value => Label("The id of a dependency", value, "T-1", MaxIdLength) is { } fault
            && (NamedId(value) is not null || state.Find(value) is null) ? fault : null).FirstOrDefault(fault => fault is not null);

    public static string? Priority(TaskPriority? value) =>
        value is null or (>= TaskPriority.Low and <= TaskPriority.Critical) ? null
            : $"'{value}' is no priority. Use low, medium, high or critical.";

    public static string? Status(AgentTaskStatus? value) =>
        value is null or (>= AgentTaskStatus.Todo and < AgentTaskStatus.Unknown)
            ? null
            : $"'{value}' is no status to set. Use Todo, In Progress, Review, Done, Blocked, Cancelled or Failed.";

    /// <summary>The list without repeats, in its order.</summary>
    public static IReadOnlyList<string> Once(IReadOnlyList<string> values) =>
        values.Count < 2 ? values : values.Distinct(StringComparer.Ordinal).ToList();

    /// <summary>A word or phrase on one line, all of it to be seen, without white space around it.</summary>
    public static string? Label(string what, string? value, string example, int maxLength = MaxLabelLength) =>
        Shown(what, value, example, maxLength, isProse: false);

    /// <summary>A path is what the file system has: only what ends a line, or white space around it, cannot be part of it.</summary>
    public static string? Path(string? value) => Line("The path", value, "src/app.cs", MaxPathLength) ?? Ends("The path", value!);

    private static string? Span(string what, TimeSpan? value, int days, string example) =>
        value is null || (value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromDays(days))
            ? null
            : $"{what} is {value}; it can be 1 s to {days} days. Give, for example, {example}.";

    private static string? Optional(string what, string? value, string example) =>
        string.IsNullOrEmpty(value) ? null : Label(what, value, example);

    private static string? Labels(string what, IReadOnlyList<string>? values, string example) =>
        values?.Select(value => Label(what, value, example)).FirstOrDefault(fault => fault is not null);

    private static string? Shown(string what, string? value, string example, int maxLength, bool isProse)
    {
        if (Line(what, value, example, maxLength) is { } fault)
            return fault;
        return InvisibleText.IndexIn(value!, isProse) is >= 0 and var at
            ? $"{what} has the character U+{UnicodeForm.CodePointAt(value!, at, out _):X4} at position {at + 1}, which nobody sees. "
                + $"Write it without, for example {example}."
            : Ends(what, value!);
    }

    private static string? Ends(string what, string value) => char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[value.Length - 1])
        ? $"{what} '{value}' has white space at an end. Write it without, for example '{value.Trim()}'."
        : null;

    private static string? Line(string what, string? value, string example, int maxLength)
    {
        if (value is null || value.Trim().Length == 0)
            return $"{what} is blank. Give 1 to {maxLength} characters, for example {example}.";
        if (value.Length > maxLength)
            return $"{what} has {value.Length} characters; at most {maxLength} are allowed. Shorten it, for example {example}.";
        for (var i = 0; i < value.Length; i++)
        {
            if (char.GetUnicodeCategory(value[i])
                is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return $"{what} has the control character U+{(int)value[i]:X4} at position {i + 1}. Write one line, for example {example}.";
        }
        return Surrogates(what, value);
    }

    // UTF-8 has no form for half a surrogate pair: it would come back as another text than was given.
    private static string? Surrogates(string what, string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                return $"{what} has half a surrogate pair at position {i + 1}. Write the whole character, for example U+1F600.";
            i++;
        }
        return null;
    }
}
