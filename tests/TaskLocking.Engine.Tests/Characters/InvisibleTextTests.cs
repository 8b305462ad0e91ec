using TaskLocking.Characters;
using Xunit;

namespace TaskLocking.Tests.Characters;

public sealed class InvisibleTextTests
{
    [Theory]
    [InlineData("plain text-1.ü日本😀", -1)]
    [InlineData("cafe\u0301", -1)]
    [InlineData("a\u3000b", -1)]
    [InlineData("a\u001bb", 1)]
    [InlineData("\u007f", 0)]
    [InlineData("a\u0085", 1)]
    [InlineData("a\u200bb", 1)]
    [InlineData("a\u200db", 1)]
    [InlineData("a\u00adb", 1)]
    [InlineData("a\u202eb", 1)]
    [InlineData("a\u2066b", 1)]
    [InlineData("\ufeffa", 0)]
    [InlineData("a\u2028b", 1)]
    [InlineData("a\u2029b", 1)]
    [InlineData("a\u2800b", 1)]
    [InlineData("a\u3164b", 1)]
    [InlineData("a\uffa0b", 1)]
    [InlineData("a\u115fb", 1)]
    [InlineData("a\u034fb", 1)]
    [InlineData("\u2764\ufe0f", 1)]
    [InlineData("a\ue000b", 1)] // private use
    [InlineData("a\u0378b", 1)] // not assigned
    [InlineData("a\U000e0041b", 1)] // a tag
    [InlineData("\U0001f468\u200d\U0001f469", 2)]
    [InlineData("\U000e0100", 0)]
    public void The_first_that_nobody_sees_is_found(string text, int place) => Assert.Equal(place, InvisibleText.IndexIn(text));

    [Fact]
    public void Half_a_pair_is_seen_by_nobody() => Assert.Equal(1, InvisibleText.IndexIn("a" + (char)0xd83d));

    [Theory]
    [InlineData("\U0001f468\u200d\U0001f469", -1)] // one picture
    [InlineData("\u2764\ufe0f", -1)]
    [InlineData("\u0646\u200c\u0645", -1)] // Persian is written with it
    [InlineData("a\u200db", 1)]
    [InlineData("a\ufe0f", 1)]
    [InlineData("\u2764\u200d", 1)]
    [InlineData("\u0646\u200b\u0645", 1)]
    [InlineData("\u0646\u202e\u0645", 1)]
    public void Prose_keeps_what_its_writing_needs(string text, int place) =>
        Assert.Equal(place, InvisibleText.IndexIn(text, isProse: true));
}
