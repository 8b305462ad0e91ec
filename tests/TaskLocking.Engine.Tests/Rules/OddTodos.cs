using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Tests.Rules;

/// <summary>Todos in every shape that a file may bring: ours, other tools', what nobody understands. One seed is one document.</summary>
internal sealed class OddTodos(Random random, IReadOnlyList<string> ids, IReadOnlyList<string> names)
{
    private static readonly string[] Statuses =
        ["Todo", "Todo", "Todo", "In Progress", "In Progress", "Review", "Done", "Blocked", "Cancelled", "Failed", "completed", "odd"];

    public string Document()
    {
        var separator = One(2) ? ",\n    " : ",";
        var todos = ids.Where(_ => !One(5)).Select(id => "{" + string.Join(separator, Members(id)) + "}");
        var numbers = One(2) ? "\"nextTaskNumber\":7," : "";
        return "{" + numbers + "\"todos\":[" + string.Join(",", todos) + "]}";
    }

    private IEnumerable<string> Members(string id)
    {
        yield return $"\"id\":\"{id}\"";
        yield return One(9) ? $"\"title\":\"{id}\"" : $"\"name\":\"{id}\"";
        var status = Pick(Statuses);
        yield return One(12) ? $"\"state\":\"{status}\"" : $"\"status\":\"{status}\"";
        if (One(20))
            yield return "\"status\":\"Todo\"";
        if (One(2))
            yield return "\"priority\":" + Pick(["\"high\"", "\"low\"", "1", "\"P0\"", "null"]);
        if (One(2))
            yield return "\"tags\":" + Pick(["[\"t\"]", "[\"t\",\"u\"]", "\"t\"", "[]"]);
        foreach (var member in Waiting(id))
            yield return member;
        foreach (var member in Working(id))
            yield return member;
        if (One(3))
            yield return "\"description\":\"text \\u00e9\"";
        if (One(4))
            yield return "\"content\":\"more\"";
        if (One(2))
            yield return "\"created\":\"" + Pick(["2026-03-01T11:00:00", "2026-03-01T11:00:00Z", "2026-03-01T12:30:00.123+01:00"]) + "\"";
        if (One(3))
            yield return "\"updated_at\":\"2026-03-01T11:00:00Z\"";
        if (One(6))
            yield return "\"defer_until\":" + Pick(["\"2026-03-01T11:00:00\"", "\"2027-01-01\"", "\"some day\"", "null"]);
        if (status is "Done" or "completed" && One(2))
            yield return "\"completedAt\":\"2026-03-01T11:30:00Z\"";
        if (One(4))
            yield return "\"changes\":[{\"field\":\"status\",\"oldValue\":null,\"newValue\":\"Todo\","
                + "\"timestamp\":\"2026-03-01T11:00:00Z\"}]";
        if (One(3))
            yield return "\"estimatedHours\": 1.50, \"x\": {\"a\": [1, 2 ]}";
        if (!One(5))
            yield return "\"taskLocking\":" + Own(id, status);
    }

    private IEnumerable<string> Waiting(string id)
    {
        switch (random.Next(12))
        {
            case 0:
                yield return "\"dependencies\":[]";
                break;
            case 1 or 2 or 3:
                yield return $"\"dependencies\":[\"{Pick(ids)}\"]";
                break;
            case 4:
                yield return $"\"dependencies\":[\"{Pick(ids)}\", {{\"depends_on_id\": \"{Pick(ids)}\", \"type\": \"blocks\"}}, "
                    + "{\"odd\": 1}]";
                break;
            case 5:
                yield return $"\"blocked_by\":\"{Pick(ids)}, {Pick(ids)}\"";
                break;
            case 6:
                yield return $"\"dependencies\":[\"{Pick(ids)}\"], \"dependsOn\":[\"{Pick(ids)}\",7]";
                break;
            case 7:
                yield return $"\"depends_on\":{{\"issue_id\":\"{id}\",\"depends_on_id\":\"{Pick(ids)}\"}}";
                break;
            case 8:
                yield return $"\"dependencies\":[\"{Pick(ids)}\"],\"dependencies\":[{{\"related\":true}}]";
                break;
        }
    }

    private IEnumerable<string> Working(string id)
    {
        switch (random.Next(12))
        {
            case 0 or 1:
                yield return $"\"assignee\":{{\"type\":\"agent\",\"name\":\"{Pick(names)}\",\"hostname\":null}}";
                break;
            case 2:
                yield return $"\"assignee\":{{\"type\":\"human\",\"name\":\"{Pick(names)}\"}}";
                break;
            case 3:
                yield return $"\"assignees\":[\"{Pick(names)}\"]";
                break;
            case 4:
                yield return $"\"assignee\":{{\"of\":\"{id}\"}}";
                break;
            case 5 when One(3):
                yield return "\"assignee\":\"a\",\"assignee\":null";
                break;
        }
    }

    private string Own(string id, string status)
    {
        if (One(25))
            return "\"kept\"";
        var members = new List<string> { "\"version\":1" };
        if (status == "In Progress" ? !One(4) : One(6))
        {
            members.Add(One(15) ? "\"claim\":5" : $$"""
                "claim":{"token":{{random.Next(1, 50)}},"agent":"{{Pick(names)}}","host":"here","pid":{{random.Next(1, 5)}},
                "processStart":"s","claimed":"{{Time()}}","expires":"{{Time()}}","ttl":{{random.Next(1, 9)}}0.5}
                """.ReplaceLineEndings(""));
            members.Add($"\"startedAt\":\"{Time()}\"");
        }
        if (One(3))
            members.Add($"\"maxAttempt\":{random.Next(1, 4)},\"attempt\":{random.Next(3)},\"strikes\":{random.Next(3)}");
        if (One(4))
            members.Add("\"files\":" + Pick(["[\"x.cs\"]", "[\"*.cs\",\"z\"]", "{}"]));
        if (One(8))
            members.Add("\"allow\":" + Pick(["[\"a\",\"b\"]", "{\"a\":1}"]));
        if (One(8))
            members.Add("\"review\":" + Pick(["true", "\"yes\"", "false"]));
        if (One(8))
            members.Add("\"requires\":" + Pick(["[\"x\"]", "[{}]"]));
        if (One(8))
            members.Add("\"notBefore\":" + Pick([$"\"{Time()}\"", "\"when it rains\""]));
        if (status == "Blocked" && One(2))
            members.Add($"\"blockedBy\":{{\"nearest\":\"{Pick(ids)}\",\"root\":\"{id}\"}}");
        if (status == "Failed" || One(9))
            members.Add($"\"failure\":{{\"reason\":\"r\",\"at\":\"{Time()}\",\"agent\":\"a\"}}");
        if (One(3))
            members.Add("\"swarm\":\"s\",\"timeLimit\":" + random.Next(1, 900));
        if (One(20))
            members.Add("\"kept\": {\"q\": 1}");
        return "{" + string.Join(One(2) ? ", " : ",", members) + "}";
    }

    private string Time() => RuleScene.Begin.AddSeconds(random.Next(-600, 600)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null);

    private bool One(int of) => random.Next(of) == 0;

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
