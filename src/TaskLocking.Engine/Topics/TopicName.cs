using System;
using System.Globalization;
using System.Text;
using TaskLocking.Characters;

namespace TaskLocking;

/// <summary>
/// The rule for a topic's name: lower case; white space, hyphens and slashes become <c>_</c>; letters that have a Latin form are written in
/// it (<c>Größe</c> is <c>grosse</c>, <c>Проверка</c> is <c>proverka</c>), letters of other scripts end a word, every other character is
/// dropped; runs of <c>_</c> collapse and none is left at the ends; at most <see cref="MaxLength"/> characters. Where no letter has a Latin
/// form, the name is
/// <c>topic</c>. A clean name stays what it is.
/// </summary>
public static class TopicName
{
    /// <summary>
    /// The most characters of a name. A longer one is cut before the word that does not fit; a single longer word is cut through.
    /// </summary>
    public const int MaxLength = 50;

    private const string Nameless = "topic";

    /// <summary>The cleaned name.</summary>
    /// <param name="text">Free text.</param>
    /// <exception cref="TaskLockingException">InvalidArgument if there is no letter and no digit in it.</exception>
    public static string Clean(string text)
    {
        var name = CleanOrEmpty(text ?? throw new ArgumentNullException(nameof(text)), out _);
        return name.Length > 0 ? name : throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"The topic name '{text}' has no letter and no digit. Give one that has, for example 'auth flow', which becomes auth_flow.");
    }

    /// <summary>Whether every letter is in the cleaned name, so that no other text is meant by it.</summary>
    internal static bool IsWhole(string text)
    {
        _ = CleanOrEmpty(text, out var isWhole);
        return isWhole;
    }

    /// <summary>The cleaned name, empty if there is nothing to clean.</summary>
    /// <param name="text">Free text.</param>
    /// <param name="isWhole">Every letter is in it, so that no other text is meant by it.</param>
    internal static string CleanOrEmpty(string text, out bool isWhole)
    {
        var name = new StringBuilder(MaxLength + 4);
        var pendingBreak = false;
        var isNameless = false;
        isWhole = true;
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
            var form = IsBreak(text[start]) ? null : Form(text, start, ref isNameless);
            if (form is null)
            {
                pendingBreak = name.Length > 0;
                isWhole &= IsBreak(text[start]);
            }
            else if (form.Length > 0)
            {
                if (pendingBreak)
                    name.Append('_');
                pendingBreak = false;
                name.Append(form);
            }
            // One more than fits tells whether the word ended there.
            if (name.Length > MaxLength)
                return Cut(name.ToString());
        }
        if (name.Length > 0 || !isNameless)
            return name.ToString();
        isWhole = false;
        return Nameless;
    }

    private static string Cut(string name)
    {
        var end = name.LastIndexOf('_');
        return name[..(end > 0 ? end : MaxLength)];
    }

    private static bool IsBreak(char character) =>
        character is '_' or '-' or '/' or '\\' || char.IsWhiteSpace(character)
            || (character > '~' && CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.DashPunctuation);

    // Null for what has no Latin form; empty for what is no letter.
    private static string? Form(string text, int at, ref bool isNameless)
    {
        if (text[at] <= '~')
            return Keep(text[at]);
        var category = CharUnicodeInfo.GetUnicodeCategory(text, at);
        if (category is > UnicodeCategory.OtherLetter and not (>= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber))
            return "";
        isNameless = true;
        return LatinForm.At(text, at);
    }

    private static string Keep(char character) =>
        character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or (>= 'A' and <= 'Z') ? char.ToLowerInvariant(character).ToString() : "";
}
