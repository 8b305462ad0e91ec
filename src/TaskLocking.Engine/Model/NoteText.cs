using System;

namespace TaskLocking.Model;

/// <summary>What a note may be, and how what people and programs write becomes one.</summary>
internal static class NoteText
{
    public const string Note = "note";
    public const string Result = "result";

    /// <summary>Of one, in UTF-16 code units.</summary>
    public const int MaxLength = 20_000;

    /// <summary>Of all of a task, in bytes of JSON: with each of them the journal gets them all.</summary>
    public const int MaxBytes = 250_000;

    /// <summary>As it is kept: without control characters but tabs and line feeds, and without white space at the end.</summary>
    public static string Of(string text) => FailureText.Lines(text).TrimEnd();

    /// <summary>What is wrong with a text that is to be kept, as a sentence; null for nothing.</summary>
    public static string? Fault(string? text)
    {
        var length = text is null ? 0 : Of(text).Length;
        return length == 0 ? $"The note is blank. Give 1 to {MaxLength} characters, for example \"The parser is in src/feed.cs\"."
            : length > MaxLength ? $"The note has {length} characters; at most {MaxLength} are kept. Put it into a file, and name that in "
                + "the note."
            : null;
    }

    /// <summary>The same for what kind of note it is.</summary>
    public static string? KindFault(string? kind) =>
        kind is Note or Result ? null : $"'{kind}' is no kind of note. Use {Note} or {Result}.";

    /// <summary>The kind of which another tool's is.</summary>
    public static string KindOf(string? kind) =>
        string.Equals(kind, Result, StringComparison.OrdinalIgnoreCase) ? Result : string.IsNullOrWhiteSpace(kind) ? Note : kind!;
}
