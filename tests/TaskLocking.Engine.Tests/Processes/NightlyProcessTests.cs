using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using TaskLocking.Tests.Cli;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>Nightly runs that meet each other, and agents at work.</summary>
[Collection(ProcessTests.Name)]
public sealed class NightlyProcessTests : IDisposable
{
    private const int Tasks = 40;
    private static readonly string[] Names = ["n1", "n2", "n3", "n4"];

    private readonly CliWorkspace _place = new CliWorkspace().With([.. Enumerable.Range(0, Tasks)
        .Select(number => string.Create(CultureInfo.InvariantCulture, $"T-{number:d2}"))]);

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(5, 12, 12)]
    [InlineData(2, 30, 8)]
    [InlineData(20, 100, Tasks)]
    public void Runs_at_once_give_no_task_twice_and_keep_the_limits(int perAgent, int parallel, int expected)
    {
        Assert.Equal(0, _place.Run(["agent", "add", .. Names, "--max-tasks", "50"]).ExitCode);
        string[] nightly = ["--json", "nightly", "--max-per-agent", perAgent.ToString(CultureInfo.InvariantCulture), "--max-parallel",
            parallel.ToString(CultureInfo.InvariantCulture)];
        var given = Together(Enumerable.Repeat(nightly, 6)).SelectMany(answer => answer.Document().GetProperty("assigned").EnumerateArray())
            .ToList();
        Assert.Equal(given.Count, given.Select(Id).Distinct().Count());

        var owners = Owners();
        Assert.Equal(expected, owners.Count);
        Assert.Equal(owners.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            given.ToDictionary(Id, item => item.GetProperty("agent").GetString()!).OrderBy(pair => pair.Key, StringComparer.Ordinal));
        var loads = owners.GroupBy(pair => pair.Value).Select(group => group.Count()).ToList();
        Assert.All(loads, load => Assert.InRange(load, 1, perAgent));
        // Fewest first: nobody has two more than another.
        Assert.InRange(loads.Max() - loads.Min(), 0, 1);
        Assert.All(owners.Keys, id => Assert.Single(Events(id, "assignee")));
    }

    [Fact]
    public void Runs_and_agents_at_once_leave_each_task_with_one()
    {
        Assert.Equal(0, _place.Run(["agent", "add", .. Names]).ExitCode);
        string[] nightly = ["--json", "nightly", "--max-parallel", "20"];
        var commands = Enumerable.Range(0, 12).Select(number => (string[])["--json", "next", "--agent", "free-" + number])
            .Concat([nightly, nightly]).OrderBy(words => words[^1]);
        var answers = Together(commands).Select(answer => answer.Document()).ToList();
        var claimed = answers.Where(answer => answer.TryGetProperty("id", out _)).Select(answer => answer.GetProperty("id").GetString()!)
            .ToList();
        var given = answers.Where(answer => answer.TryGetProperty("assigned", out _))
            .SelectMany(answer => answer.GetProperty("assigned").EnumerateArray()).Select(Id).ToList();
        Assert.Equal((12, 20), (claimed.Count, given.Count));
        Assert.Equal(32, claimed.Concat(given).Distinct().Count());
        Assert.All(claimed.Concat(given), id => Assert.Single(Events(id, "assignee")));
    }

    private List<TasklockAnswer> Together(IEnumerable<string[]> commands)
    {
        var processes = commands.Select(words => _place.Start(["--timeout", "300", .. words])).ToList();
        try
        {
            return processes.ConvertAll(process => process.Finish());
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }
    }

    private Dictionary<string, string> Owners() => _place.Run("--json", "task", "get").Document().EnumerateArray()
        .Where(task => task.TryGetProperty("assignee", out var assignee) && assignee.ValueKind == JsonValueKind.Object)
        .ToDictionary(task => task.GetProperty("id").GetString()!, task => task.GetProperty("assignee").GetProperty("name").GetString()!);

    private IEnumerable<JsonElement> Events(string id, string field) =>
        _place.Run("--json", "task", "history", id).Document().EnumerateArray()
            .Where(entry => entry.GetProperty("field").GetString() == field);

    private static string Id(JsonElement item) => item.GetProperty("task_id").GetString()!;
}
