using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using TaskLocking.Model;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class LifeHelpTests
{
    private static readonly Dictionary<string, TaskMove[]> Moves = new(StringComparer.Ordinal)
    {
        ["next"] = [TaskMove.Claim],
        ["start"] = [TaskMove.Start],
        ["complete"] = [TaskMove.Complete, TaskMove.Submit, TaskMove.Approve],
        ["fail"] = [TaskMove.Retry, TaskMove.Fail],
        ["reject"] = [TaskMove.Reject],
        ["retry"] = [TaskMove.Restart],
        ["by itself"] = [TaskMove.Return, TaskMove.GiveUp, TaskMove.Block, TaskMove.Unblock],
    };

    [Fact]
    public void The_help_of_start_draws_the_table_of_moves()
    {
        using var workspace = new CliWorkspace();
        var help = workspace.Run("start", "--help").Output;
        Assert.Equal(Enum.GetValues<TaskMove>().Except([TaskMove.ForcedRestart]).Order(), Moves.Values.SelectMany(moves => moves).Order());
        foreach (var (word, moves) in Moves)
            Assert.Equal(Table(moves), Drawn(help, word));
    }

    private static IEnumerable<string> Table(TaskMove[] moves) => moves
        .SelectMany(move => Enum.GetValues<AgentTaskStatus>(), (move, from) => (From: from, To: TaskLife.To(move, from)))
        .Where(each => each.To is not null)
        .Select(each => $"{TodoWords.Of(each.From)} -> {TodoWords.Of(each.To!.Value)}")
        .Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Drawn(string help, string word) => help.Split('\n')
        .Where(line => line.StartsWith($"  {word} ", StringComparison.Ordinal))
        .SelectMany(line => Regex.Matches(line,
            "(Todo|In Progress|Review|Done|Blocked|Cancelled|Failed) -> (Todo|In Progress|Review|Done|Blocked|Cancelled|Failed)",
            RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)))
        .Select(match => match.Value)
        .Distinct().Order(StringComparer.Ordinal);
}
