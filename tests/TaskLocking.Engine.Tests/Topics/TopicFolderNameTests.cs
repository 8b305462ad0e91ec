using System;
using System.Text;
using TaskLocking.Topics;
using Xunit;

namespace TaskLocking.Tests.Topics;

public sealed class TopicFolderNameTests
{
    [Theory]
    [InlineData("001_a", 1)]
    [InlineData("042_", 42)]
    [InlineData("999_x", 999)]
    [InlineData("1000_x", 1000)]
    [InlineData("0001_x", 1)]
    [InlineData("000_x", 0)]
    [InlineData("007__x", 7)]
    [InlineData("007_Any Thing", 7)]
    [InlineData("99999_x", 99_999)]
    [InlineData("00000000000000012_x", 12)]
    [InlineData("12_x", 12)]
    [InlineData("007", 7)]
    [InlineData("007-x", 7)]
    [InlineData("001-user-login", 1)]
    [InlineData("0001-use-markdown.md", 1)]
    [InlineData("01_x", 1)]
    [InlineData("0001 x", 1)]
    [InlineData("001.x", 1)]
    [InlineData("7. x", 7)]
    [InlineData("01 - Overview", 1)]
    [InlineData("063_x", 63)]
    [InlineData("0063-x", 63)]
    [InlineData("63 x", 63)]
    [InlineData("1899_x", 1899)]
    [InlineData("2100_x", 2100)]
    [InlineData("02024_x", 2024)]
    [InlineData("000012_x", 12)]
    [InlineData("001_2024_review", 1)]
    [InlineData("001-02-x", 1)]
    [InlineData("12_31x", 12)]
    [InlineData("003–x", 3)] // an en dash
    [InlineData("003—x", 3)]
    [InlineData("003‑x", 3)] // a hyphen that does not break
    [InlineData("3) x", 3)]
    [InlineData("3: x", 3)]
    [InlineData("3\u00a0x", 3)]
    [InlineData("003 – übung", 3)]
    public void Reads_the_number_in_every_spelling(string folder, int number) => AssertNumber(number, folder);

    [Theory]
    [InlineData("20260319-x")]
    [InlineData("20260319-143022-hotfix")]
    [InlineData("20260319_143022_hotfix")]
    [InlineData("20260319T143022-x")]
    [InlineData("20260319143022_x")]
    [InlineData("19032026_x")]
    [InlineData("2026-03-19-x")]
    [InlineData("2026_03_19_x")]
    [InlineData("2026.03.19")]
    [InlineData("2024_archive")]
    [InlineData("1999")]
    [InlineData("2024q1_plans")]
    [InlineData("202603_x")]
    [InlineData("260319-x")]
    [InlineData("143022_x")]
    [InlineData("093022_x")]
    [InlineData("19-03-2026-x")]
    [InlineData("3.19.2026_x")]
    [InlineData("1718000000_x")]
    [InlineData("1718000000123-x")]
    public void A_date_a_year_and_a_time_are_no_number(string folder) => AssertNumber(TopicFolderName.Dated, folder);

    [Theory]
    [InlineData("12345-fix-login")]
    [InlineData("12345")]
    [InlineData("999999_x")]
    [InlineData("2147483648_x")]
    [InlineData("99999999999999999999999_x")]
    [InlineData("067595_x")]
    [InlineData("1.2_x")]
    [InlineData("1.0.0")]
    [InlineData("03-19_notes")]
    [InlineData("01-02-setup")]
    [InlineData("24-03-19_x")]
    [InlineData("01_2024_archive")]
    [InlineData("#3 x")]
    [InlineData("(3) x")]
    [InlineData("[003] x")]
    public void What_may_be_a_number_or_something_else_is_not_counted(string folder) => AssertNumber(TopicFolderName.Unclear, folder);

    [Theory]
    [InlineData("_x")]
    [InlineData("a007_x")]
    [InlineData(" 007_x")]
    [InlineData("3d-engine")]
    [InlineData("2nd_try")]
    [InlineData("7zip")]
    [InlineData("007é_x")]
    [InlineData("٠٠٧_x")] // Arabic digits
    [InlineData("")]
    public void The_rest_is_no_topic(string folder) => AssertNumber(TopicFolderName.None, folder);

    [Fact]
    public void Bytes_and_text_of_a_name_say_the_same()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        const string Parts = "0123456789012345678901234567892026_-. _-.xaéТ—";
        for (var round = 0; round < 20_000; round++)
        {
            var name = new StringBuilder();
            for (var length = random.Next(1, 14); length > 0; length--)
                name.Append(Parts[random.Next(Parts.Length)]);
            var text = name.ToString();
            Assert.Equal((text, TopicFolderName.NumberOf(text.AsSpan())), (text, TopicFolderName.NumberOf(Encoding.UTF8.GetBytes(text))));
        }
    }

    [Theory]
    [InlineData("1900_x", 1900)]
    [InlineData("2099_x", 2099)]
    [InlineData("1899_x", TopicFolderName.None)]
    [InlineData("2100_x", TopicFolderName.None)]
    [InlineData("2024-x", TopicFolderName.None)]
    [InlineData("2024", TopicFolderName.None)]
    [InlineData("02024_x", TopicFolderName.None)]
    [InlineData("202_x", TopicFolderName.None)]
    public void A_year_by_the_rule_may_be_a_number(string folder, int year)
    {
        Assert.Equal(year, TopicFolderName.YearOf(folder.AsSpan()));
        Assert.Equal(year, TopicFolderName.YearOf(Encoding.UTF8.GetBytes(folder)));
    }

    [Theory]
    [InlineData("007_x", "x")]
    [InlineData("007__x", "_x")]
    [InlineData("007-x-y", "x-y")]
    [InlineData("01 - Overview", "Overview")]
    [InlineData("7. x", "x")]
    [InlineData("007", "")]
    public void The_name_stands_behind_what_joins_it(string folder, string name) =>
        Assert.Equal(name, folder[TopicFolderName.NameStart(folder)..]);

    [Theory]
    [InlineData(1, "001_a")]
    [InlineData(999, "999_a")]
    [InlineData(1000, "1000_a")]
    [InlineData(99_999, "99999_a")]
    public void Writes_at_least_three_digits(int number, string folder) => Assert.Equal(folder, TopicFolderName.Format(number, "a"));

    private static void AssertNumber(int number, string folder)
    {
        Assert.Equal(number, TopicFolderName.NumberOf(folder.AsSpan()));
        Assert.Equal(number, TopicFolderName.NumberOf(Encoding.UTF8.GetBytes(folder)));
    }
}
