using System;
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
    [InlineData("999999999_x", 999_999_999)]
    [InlineData("00000000000000012_x", 12)]
    [InlineData("1000000000_x", TopicFolderName.None)]
    [InlineData("2147483648_x", TopicFolderName.None)]
    [InlineData("99999999999999999999999_x", TopicFolderName.None)]
    [InlineData("12_x", TopicFolderName.None)]
    [InlineData("_x", TopicFolderName.None)]
    [InlineData("007", TopicFolderName.None)]
    [InlineData("007-x", TopicFolderName.None)]
    [InlineData("a007_x", TopicFolderName.None)]
    [InlineData(" 007_x", TopicFolderName.None)]
    [InlineData("٠٠٧_x", TopicFolderName.None)] // Arabic digits
    [InlineData("", TopicFolderName.None)]
    public void Reads_the_number(string folder, int number) => Assert.Equal(number, TopicFolderName.NumberOf(folder.AsSpan()));

    [Theory]
    [InlineData(1, "001_a")]
    [InlineData(999, "999_a")]
    [InlineData(1000, "1000_a")]
    [InlineData(999_999_999, "999999999_a")]
    public void Writes_at_least_three_digits(int number, string folder) => Assert.Equal(folder, TopicFolderName.Format(number, "a"));
}
