using System;
using Xunit;

namespace TaskLocking.Tests.Topics;

public sealed class TopicNameTests
{
    [Theory]
    [InlineData("auth", "auth")]
    [InlineData("Auth Flow", "auth_flow")]
    [InlineData("auth-flow/login", "auth_flow_login")]
    [InlineData(@"auth\flow", "auth_flow")]
    [InlineData("auth\tflow\nnow", "auth_flow_now")]
    [InlineData("OAuth 2.0: the (new) flow!", "oauth_20_the_new_flow")]
    [InlineData("a - / _ b", "a_b")]
    [InlineData("a.-.b", "a_b")]
    [InlineData("a__b", "a_b")]
    [InlineData("__a__", "a")]
    [InlineData("- a -", "a")]
    [InlineData("a!-", "a")]
    [InlineData("!-a", "a")]
    [InlineData("../../etc/passwd", "etc_passwd")]
    [InlineData("007", "007")]
    [InlineData("Größe", "grosse")]
    [InlineData("Überprüfung der Straße", "uberprufung_der_strasse")]
    [InlineData("U\u0308bung", "ubung")] // the mark as a character of its own
    [InlineData("Łódź, Æsir & Þór", "lodz_aesir_thor")]
    [InlineData("İstanbul ığüşöç", "istanbul_igusoc")]
    [InlineData("đường phố", "duong_pho")]
    [InlineData("\u212A", "k")] // Kelvin sign
    [InlineData("Ａｕｔｈ　ｆｌｏｗ", "auth_flow")]
    [InlineData("ﬁle №5 x²", "file_5_x2")]
    [InlineData("Проверка входа", "proverka_vkhoda")]
    [InlineData("Щука, ёжик и объём", "shchuka_ezhik_i_obem")]
    [InlineData("Київ: їжа", "kiyiv_yizha")]
    [InlineData("Љубав ђака", "ljubav_djaka")]
    [InlineData("Έλεγχος ψηφίων", "elegchos_psifion")]
    [InlineData("auth–flow", "auth_flow")] // an en dash
    [InlineData("a١b", "a1b")] // an Arabic digit one
    [InlineData("日本 plan 😀", "plan")]
    [InlineData("auth認証flow", "auth_flow")]
    [InlineData("v2の設計", "v2")]
    [InlineData("認証フロー", "topic")]
    [InlineData("مرحبا بالعالم", "topic")]
    [InlineData("שלום", "topic")]
    [InlineData("हिन्दी", "topic")]
    [InlineData("한국어", "topic")]
    [InlineData("ь", "topic")]
    [InlineData("\U00020000", "topic")] // beyond the first plane
    [InlineData("𝐀𝟏", "a1")]
    [InlineData("a\0b", "ab")]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData("_-/", null)]
    [InlineData("😀", null)]
    [InlineData("\u0301", null)] // a mark alone
    [InlineData("€ – …", null)]
    [InlineData("\ud800", null)]
    public void Cleans_by_the_rule(string text, string? expected)
    {
        if (expected is null)
            Assert.Equal(RefusalCode.InvalidArgument, TopicProject.CodeOf(() => TopicName.Clean(text)));
        else
            Assert.Equal(expected, TopicName.Clean(text));
    }

    [Theory]
    [InlineData(50, "", 50)] // fits to the last character
    [InlineData(51, "", 50)] // one word that is too long is cut through
    [InlineData(50, "_b", 50)] // the word ends where the room does
    [InlineData(48, "_b", 50)]
    [InlineData(48, "_bc", 48)] // the word that does not fit goes as a whole
    [InlineData(20, "_bcdefghijklmnopqrstuvwxyz_abcdefghijklmnop", 46)]
    [InlineData(49, "_bcd", 49)]
    [InlineData(500, "_b", 50)]
    public void Cuts_at_a_word(int letters, string rest, int length)
    {
        var text = new string('a', letters) + rest;
        Assert.Equal(text[..length], TopicName.Clean(text));
    }

    [Fact]
    public void What_is_dropped_or_collapsed_takes_no_room()
    {
        var text = new string('!', 100) + new string('a', 40) + new string('-', 100) + new string('b', 9) + new string('\u0308', 100);
        Assert.Equal(new string('a', 40) + "_" + new string('b', 9), TopicName.Clean(text));
    }

    [Theory]
    [InlineData("Straße 7", true)]
    [InlineData("v2の設計", false)]
    [InlineData("認証", false)]
    [InlineData("topic", true)]
    public void It_is_told_whether_every_letter_is_in_it(string text, bool isWhole) => Assert.Equal(isWhole, TopicName.IsWhole(text));

    [Fact]
    public void Null_is_a_fault_of_the_caller() => Assert.Throws<ArgumentNullException>(() => TopicName.Clean(null!));
}
