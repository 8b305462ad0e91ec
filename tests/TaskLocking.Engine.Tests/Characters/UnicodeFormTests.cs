using TaskLocking.Characters;
using Xunit;

namespace TaskLocking.Tests.Characters;

public sealed class UnicodeFormTests
{
    [Theory]
    [InlineData("plain", "plain", "plain")]
    [InlineData("\u00e9", "e\u0301", "e\u0301")]
    [InlineData("\u1e69", "s\u0323\u0307", "s\u0323\u0307")] // by way of another
    [InlineData("s\u0307\u0323", "s\u0323\u0307", "s\u0323\u0307")] // marks in their order
    [InlineData("a\u0301\u0300", "a\u0301\u0300", "a\u0301\u0300")] // which those of one class keep
    [InlineData("\u212b", "A\u030a", "A\u030a")]
    [InlineData("\uac00\ud55c", "\u1100\u1161\u1112\u1161\u11ab", "\u1100\u1161\u1112\u1161\u11ab")]
    [InlineData("\ufb01", "\ufb01", "fi")]
    [InlineData("\uff21\uff41", "\uff21\uff41", "Aa")] // of a range
    [InlineData("\ufdfa", "\ufdfa", "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064a\u0647 \u0648\u0633\u0644\u0645")]
    [InlineData("\U0001d15e", "\U0001d157\U0001d165", "\U0001d157\U0001d165")]
    [InlineData("\U0001d400", "\U0001d400", "A")]
    [InlineData("\uf900", "\u8c48", "\u8c48")]
    [InlineData("\U0002f800", "\u4e3d", "\u4e3d")]
    public void Text_comes_apart(string text, string canonical, string compatible)
    {
        Assert.Equal(canonical, UnicodeForm.Canonical(text));
        Assert.Equal(compatible, UnicodeForm.Compatible(text));
        Assert.Equal(canonical, UnicodeForm.Canonical(canonical));
    }

    [Fact]
    public void Half_a_pair_stays() => Assert.Equal("e\u0301" + (char)0xd800, UnicodeForm.Canonical("\u00e9" + (char)0xd800));
}
