using System;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Processes;

[Collection(ProcessTests.Name)]
public sealed class TopicProcessTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Ten_thousand_topics_are_unique_without_a_gap()
    {
        var single = Worker.RunTogether(Enumerable.Repeat(new[] { "topics", _place.Path, "10", "1" }, 100));
        var many = Worker.RunTogether(Enumerable.Repeat(new[] { "topics", _place.Path, "900", "30" }, 10));
        var numbers = single.Concat(many).SelectMany(lines => lines).Select(line => int.Parse(line[1], CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(1, 10_000), numbers.Order());
        var folders = Directory.GetDirectories(_place.Path)
            .Select(path => int.Parse(Path.GetFileName(path).Split('_')[0], CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(1, 10_000), folders.Order());
        var report = TopicStore.Open(_place.Path, _place.Path).Check();
        Assert.True(report.Passed);
        Assert.Equal((10_000, 10_000), (report.Count, report.Highest));
    }
}
