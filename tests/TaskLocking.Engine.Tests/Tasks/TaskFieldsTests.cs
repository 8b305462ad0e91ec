using System;
using TaskLocking.Model;
using Xunit;

namespace TaskLocking.Tests.Tasks;

public sealed class TaskFieldsTests
{
    [Theory]
    [InlineData("T-1")]
    [InlineData("../x")]
    [InlineData("CON")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData(".")]
    [InlineData("two words")]
    [InlineData("é日本")]
    [InlineData("\U0001F600")]
    [InlineData("\U0001F468\U0001F469\U0001F467")]
    public void Free_text_is_an_id(string id) => Assert.Null(TaskFields.Id(id));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a\u00a0")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u007f")]
    [InlineData("a\u2028b")]
    public void What_is_no_line_of_text_is_no_id_and_the_sentence_has_an_example(string? id) =>
        Assert.Contains("for example", TaskFields.Id(id), StringComparison.Ordinal);

    [Theory]
    [InlineData(0xD800, false)]
    [InlineData(0xDC00, false)]
    [InlineData(0xD800, true)]
    public void Half_a_surrogate_pair_is_refused_in_every_text(int unit, bool doubled)
    {
        var text = "a" + new string((char)unit, doubled ? 2 : 1);
        Assert.Contains("for example", TaskFields.Id(text), StringComparison.Ordinal);
        Assert.NotNull(TaskFields.Name(text));
        Assert.NotNull(TaskFields.Content(text));
        Assert.NotNull(TaskFields.Tags([text]));
    }

    [Fact]
    public void Lengths_have_limits_and_reach_them()
    {
        Assert.Null(TaskFields.Id(new string('x', 100)));
        Assert.NotNull(TaskFields.Id(new string('x', 101)));
        Assert.NotNull(TaskFields.Id(new string('x', 300)));
        Assert.Null(TaskFields.Name(new string('x', 1_000)));
        Assert.NotNull(TaskFields.Name(new string('x', 1_001)));
        Assert.Null(TaskFields.Tags([new string('x', 100)]));
        Assert.NotNull(TaskFields.Tags(["ok", new string('x', 101)]));
        Assert.Null(TaskFields.TaskFile(new string('x', 4_096)));
        Assert.NotNull(TaskFields.TaskFile(new string('x', 4_097)));
        Assert.Null(TaskFields.Content(new string('x', 1_000_000)));
        Assert.NotNull(TaskFields.Content(new string('x', 1_000_001)));
    }

    [Fact]
    public void A_text_has_many_lines_but_a_name_one()
    {
        Assert.Null(TaskFields.Content("a\nb\tc"));
        Assert.NotNull(TaskFields.Name("a\nb"));
    }

    [Fact]
    public void A_dependency_has_an_id_that_can_be_made_or_one_that_is_there()
    {
        var foreign = new string('x', 120);
        Assert.NotNull(TaskFields.Dependencies([foreign], new MemoryState()));
        Assert.Null(TaskFields.Dependencies([foreign, "not-there-yet"], new MemoryState(Scene.Task(foreign))));
        Assert.NotNull(TaskFields.Dependencies(["a", ""], new MemoryState()));
        Assert.NotNull(TaskFields.Dependencies([null!], new MemoryState()));
    }

    [Fact]
    public void Priority_and_status_are_words_that_we_write()
    {
        foreach (var priority in Enum.GetValues<TaskPriority>())
            Assert.Null(TaskFields.Priority(priority));
        foreach (var status in Enum.GetValues<AgentTaskStatus>())
            Assert.Equal(status == AgentTaskStatus.Unknown, TaskFields.Status(status) is not null);
        Assert.NotNull(TaskFields.Priority((TaskPriority)(-1)));
        Assert.NotNull(TaskFields.Priority((TaskPriority)4));
        Assert.NotNull(TaskFields.Status((AgentTaskStatus)99));
    }

    [Fact]
    public void Repeats_are_dropped_in_order_and_by_ordinal() => Assert.Equal(["b", "a", "A"], TaskFields.Once(["b", "a", "b", "A", "a"]));
}
