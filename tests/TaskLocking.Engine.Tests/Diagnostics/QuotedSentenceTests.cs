using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace TaskLocking.Tests.Diagnostics;

/// <summary>What the guide quotes in its headings is what the code says: whoever searches for a message finds it.</summary>
public sealed partial class QuotedSentenceTests
{
    // Stands for whatever is filled in.
    private const char Hole = '\0';

    private static readonly Lazy<List<string>> Sentences = new(() =>
        [.. Repository.Sources("src").SelectMany(path => Literal().Matches(File.ReadAllText(path)))
            .Select(match => Filled().Replace(match.Groups["text"].Value.Replace("\\\"", "\"", StringComparison.Ordinal), "\0"))
            .Where(text => text.Length > 3)]);

    public static TheoryData<string> Quotes { get; } = [.. Headings().SelectMany(heading => Quote().Matches(heading))
        .Select(match => match.Groups["text"].Value)
        .Where(quote => !quote.StartsWith("tasklock ", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Quotes))]
    public void A_heading_quotes_a_sentence_of_the_code(string quote) =>
        Assert.True(Sentences.Value.Exists(sentence => Says(sentence, quote)), $"Nobody says \"{quote}\".");

    [Fact]
    public void There_are_quotes_and_what_nobody_says_is_found()
    {
        Assert.True(Quotes.Count > 8);
        Assert.DoesNotContain(Sentences.Value, sentence => Says(sentence, "Task T-1 already defined as status Todo"));
    }

    private static IEnumerable<string> Headings() => File.ReadAllLines(Path.Combine(Repository.Root, "en-US",
        "about_TaskLocking_Troubleshooting.help.txt")).Where(line => HeadingLine().IsMatch(line));

    // Most of it must be the sentence's own words.
    private static bool Says(string sentence, string quote) => Enumerable.Range(0, sentence.Length)
        .Any(start => sentence[start] != Hole && Own(sentence, start, quote, 0) is { } own && own * 2 > quote.Length);

    // How many letters of the quote from a place on are the sentence's own; null where they part.
    private static int? Own(string sentence, int at, string quote, int from)
    {
        if (from == quote.Length)
            return 0;
        if (at == sentence.Length)
            return null;
        if (sentence[at] != Hole)
            return sentence[at] == quote[from] ? Own(sentence, at + 1, quote, from + 1) + 1 : null;
        for (var length = 0; from + length <= quote.Length; length++)
        {
            if (Own(sentence, at + 1, quote, from + length) is { } own)
                return own;
        }
        return null;
    }

    [GeneratedRegex("""(?<!')\$?"(?<text>(?:[^"\\\r\n]|\\.)+)"(?!')""", RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();

    // One that has a text of its own goes on in the next literal.
    [GeneratedRegex("""\{[^{}]*(?:\}|$)""")]
    private static partial Regex Filled();

    [GeneratedRegex("\"(?<text>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Quote();

    [GeneratedRegex("^  [^ ]")]
    private static partial Regex HeadingLine();
}
