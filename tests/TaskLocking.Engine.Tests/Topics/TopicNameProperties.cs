using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace TaskLocking.Tests.Topics;

public sealed class TopicNameProperties
{
    // Words of all lengths with what joins and what is dropped between them: plain random text seldom reaches the cut.
    private static readonly Arbitrary<string> Texts = Gen.OneOf(
            Gen.Elements("a", "B", "7", "word", "Überlänge", "averyveryverylongwordwithoutanybreak", new string('x', 49),
                new string('y', 51)),
            Gen.Elements(" ", "-", "/", "\\", "_", "__", "!", ".", "é", "\u212A", "\t", "\0", "😀"),
            ArbMap.Default.GeneratorFor<char>().Select(character => character.ToString()))
        .ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

    // What other characters become is a table.
    private static readonly Arbitrary<string> Ascii = Texts.MapFilter(text => string.Concat(text.Where(char.IsAscii)), _ => true);

    [Fact]
    public void A_clean_name_has_only_what_a_name_may_have() => Hold(name =>
        name.Length <= TopicName.MaxLength
        && name.All(character => character is '_' || char.IsAsciiDigit(character) || char.IsAsciiLetterLower(character))
        && !name.StartsWith('_') && !name.EndsWith('_') && !name.Contains("__", StringComparison.Ordinal));

    [Fact]
    public void Cleaning_twice_changes_nothing() => Hold(name => name.Length == 0 || TopicName.Clean(name) == name);

    [Fact]
    public void It_is_what_the_rules_say_one_after_the_other() =>
        Prop.ForAll(Ascii, text => TopicName.CleanOrEmpty(text, out _) == StepByStep(text)).QuickCheckThrowOnFailure();

    private static void Hold(Func<string, bool> law) =>
        Prop.ForAll(Texts, text => law(TopicName.CleanOrEmpty(text, out _))).QuickCheckThrowOnFailure();

    private static string StepByStep(string text)
    {
        var kept = text.Select(character => char.IsAsciiLetterUpper(character) ? char.ToLowerInvariant(character) : character)
            .Select(character => char.IsWhiteSpace(character) || "-/\\".Contains(character) ? '_' : character)
            .Where(character => character is '_' || char.IsAsciiDigit(character) || char.IsAsciiLetterLower(character));
        var words = string.Concat(kept).Split('_', StringSplitOptions.RemoveEmptyEntries);
        var fitting = words.Length;
        while (string.Join('_', words.Take(fitting)).Length > 50 && fitting > 1)
            fitting--;
        var name = string.Join('_', words.Take(fitting));
        return name.Length > 50 ? name[..50] : name;
    }
}
