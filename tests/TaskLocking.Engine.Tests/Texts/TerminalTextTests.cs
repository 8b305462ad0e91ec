using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace TaskLocking.Tests.Texts;

public sealed partial class TerminalTextTests
{
    // Plain random text seldom has two of what matters side by side.
    private static readonly Arbitrary<string> Texts = Gen.OneOf(
            Gen.Elements("a", "T-1", "ü", "\u05D0", "\u0645", "e\u0301", "😀", "☃", "\uFE0F", "🏽", "^", "\\", "u001b"),
            Gen.Elements("\e", "\e[31m", "\u0007", "\u007F", "\u009B", "\u0085", "\r", "\n", "\r\n", "\t", "\0"),
            Gen.Elements("\u202E", "\u2066", "\u200B", "\u200D", "\u200E", "\uFEFF", "\u00AD", "\u2028", "\u2029", "\U000E0041",
                "\U0001D173"),
            Gen.Elements("\uD800", "\uDBFF", "\uDC00", "\uDFFF"),
            ArbMap.Default.GeneratorFor<char>().Select(character => character.ToString()))
        .ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

    [Theory]
    [InlineData("E\e[31m1", @"E\u001b[31m1")]
    [InlineData("clear\e[2J screen\a", @"clear\u001b[2J screen\u0007")]
    [InlineData("a\u202Eb", @"a\u202eb")]
    [InlineData("T-1\u200B", @"T-1\u200b")]
    [InlineData("\uFEFFid", @"\ufeffid")]
    [InlineData("C1 \u009B31m, DEL \u007F", @"C1 \u009b31m, DEL \u007f")]
    [InlineData("one\r\ntwo\tthree", @"one\r\ntwo\tthree")]
    [InlineData("one\u2028two\u2029three\u0085four", @"one\u2028two\u2029three\u0085four")]
    [InlineData("tag \U000E0041", @"tag \udb40\udc41")]
    [InlineData("a\u200Db, 1\u200D💻, ^\u200D💻, 💻\u200D", @"a\u200db, 1\u200d💻, ^\u200d💻, 💻\u200d")]
    [InlineData(null, "")]
    public void What_a_terminal_obeys_or_nobody_sees_is_escaped(string? text, string shown) => Assert.Equal(shown, TerminalText.Line(text));

    [Fact]
    public void Half_a_surrogate_pair_is_escaped() =>
        Assert.Equal(@"half \ud800 and \udc00, 😀", TerminalText.Line("half \uD800 and \uDC00, 😀"));

    [Theory]
    [InlineData("Fix the login, 100 % of \"src\\app.cs\" ~ {x}")]
    [InlineData("Überprüfung der Straße, 認証フロー, Привет, نص عربي, עברית, e\u0301")]
    [InlineData("😀 👩‍💻 👩🏽‍💻 🏳️‍🌈 ❤️‍🔥 👨‍👩‍👧‍👦 ☃\uFE0F")]
    [InlineData("a\u00A0b\u3000c")]
    [InlineData("")]
    public void What_people_write_stays_as_it_is_and_is_not_copied(string text)
    {
        Assert.Same(text, TerminalText.Line(text));
        Assert.Same(text, TerminalText.Lines(text));
    }

    [Fact]
    public void A_line_has_nothing_that_a_terminal_obeys_or_hides() => Hold(text => IsHarmless(TerminalText.Line(text), ""));

    [Fact]
    public void Lines_have_line_feeds_and_tabs_beside() => Hold(text => IsHarmless(TerminalText.Lines(text), "\n\t"));

    [Fact]
    public void Lines_are_as_many_as_they_were() =>
        Hold(text => TerminalText.Lines(text).Count(unit => unit == '\n') == text.Count(unit => unit == '\n'));

    [Fact]
    public void What_is_escaped_is_not_escaped_again() => Hold(text =>
        TerminalText.Line(TerminalText.Line(text)) == TerminalText.Line(text)
            && TerminalText.Lines(TerminalText.Lines(text)) == TerminalText.Lines(text));

    [Fact]
    public void Nothing_is_lost() =>
        Hold(text => text.Contains('\\', StringComparison.Ordinal) || Escape()
            .Replace(TerminalText.Line(text), match => Unescaped(match.Value)) == text);

    [Fact]
    public void In_JSON_it_says_the_same() => Hold(text =>
    {
        var json = "{\"text\":\""
            + string.Concat(Whole(text).Select(unit => unit is < ' ' or '"' or '\\' ? $"\\u{(int)unit:x4}" : unit.ToString())) + "\"}";
        return System.Text.Json.Nodes.JsonNode.Parse(TerminalText.Lines(json))!["text"]!.GetValue<string>() == Whole(text);
    });

    private static void Hold(Func<string, bool> law) => Prop.ForAll(Texts, law).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static bool IsHarmless(string shown, string allowed)
    {
        for (var i = 0; i < shown.Length; i += char.IsSurrogatePair(shown, i) ? 2 : 1)
        {
            var isHarmless = CharUnicodeInfo.GetUnicodeCategory(shown, i) switch
            {
                UnicodeCategory.Control => allowed.Contains(shown[i], StringComparison.Ordinal),
                // Between two pictures, of which the second is whole.
                UnicodeCategory.Format => shown[i] == '\u200D' && i > 0 && shown[i - 1] > '~'
                    && CharUnicodeInfo.GetUnicodeCategory(shown, i + 1) == UnicodeCategory.OtherSymbol,
                UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate => false,
                _ => true,
            };
            if (!isHarmless)
                return false;
            if (i + 1 == shown.Length)
                break;
        }
        return true;
    }

    private static string Unescaped(string escape) => escape[1] switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        _ => ((char)int.Parse(escape.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString(),
    };

    // JSON as UTF-8 has no half of a surrogate pair.
    private static string Whole(string text) => string.Concat(text.EnumerateRunes());

    [GeneratedRegex(@"\\(u[0-9a-f]{4}|[nrt])")]
    private static partial Regex Escape();
}
