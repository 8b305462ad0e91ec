using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Foreign;

/// <summary>
/// Documents as four other tools describe their todos, with content of our own: what is ready is ready there too, and what is not
/// understood is told with its place.
/// </summary>
public sealed class ForeignDocumentTests
{
    private const string Door = "b5f0a1c2-0001-4000-8000-0000000000";

    public static TheoryData<string, string, string, string> Documents => new()
    {
        { "beads", "shop-b2 shop-l2", "Dependency:5 Status:10", "shop-e5 shop-i9" },
        { "taskmaster", "2", "Subtasks:2", "4 8" },
        { "backlog", "task-2.1", "Assignee:4 Status:5 Duplicate:7 Duplicate:8 Priority:10", "task-4 task-6 task-8" },
        { "taskwarrior", Door + "02", "Status:8 Time:9 NoId:10", Door + "07 " + Door + "09" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void No_task_is_ready_too_early_and_what_is_not_understood_is_listed(string tool, string ready, string findings, string stuck)
    {
        using var workspace = new TempWorkspace(inMemory: true);
        Put(tool, workspace.Document);
        using var board = workspace.Open();
        Assert.Equal(ready, string.Join(" ", board.GetReady().Select(task => task.Id)));
        var report = board.CheckGraph();
        var errors = report.NotUnderstood.Where(finding => finding.IsError);
        Assert.Equal(findings, string.Join(" ", errors.Select(finding => $"{finding.Kind}:{finding.Place}")));
        Assert.Equal(stuck, string.Join(" ", report.Stuck.Select(task => task.TaskId)));
        Assert.False(report.IsHealthy);
        Assert.Equal(report.NotUnderstood, board.Sync().NotUnderstood);
        Assert.Equal(report.Stuck.Select(task => task.ToString()), board.GetProgress().Stuck.Select(task => task.ToString()));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Agents_work_it_off_in_order_and_keep_every_byte_that_is_not_theirs(string tool, string ready, string findings, string stuck)
    {
        Assert.NotEmpty(findings + stuck);
        using var workspace = new TempWorkspace(inMemory: true);
        Put(tool, workspace.Document);
        var before = Todos(workspace.Document);
        var done = new List<string>();
        using (var board = workspace.Open(oneShot: true))
        {
            while (board.Request(new(new("w"))).Task is { } task)
            {
                Assert.All(task.Dependencies, id => Assert.Equal(AgentTaskStatus.Done, board.FindTask(id)?.Status));
                Assert.Null(Assert.Single(board.Start([new(task.Id, new("w"))])).Refusal);
                Assert.Null(Assert.Single(board.Complete([new(task.Id, "w")])).Refusal);
                done.Add(task.Id);
            }
            Assert.Equal(ready.Split(' ')[0], done[0]);
            Assert.Superset(ready.Split(' ').ToHashSet(), done.ToHashSet());
            board.Sync();
        }
        var after = Todos(workspace.Document);
        Assert.Equal(before.Count, after.Count);
        for (var i = 0; i < before.Count; i++)
        {
            foreach (var member in before[i].EnumerateObject().Where(member => member.Name is not ("status" or "assignee")))
            {
                Assert.True(JsonElement.DeepEquals(member.Value, after[i].GetProperty(member.Name)),
                    $"todo {i + 1}, {member.Name}: {after[i]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_command_lists_it_and_ends_with_6(string tool, string ready, string findings, string stuck)
    {
        Assert.NotEmpty(ready);
        using var workspace = new CliWorkspace();
        Put(tool, workspace.Document);
        var check = workspace.Run("graph", "check");
        Assert.Equal(6, check.ExitCode);
        var lines = check.Output.Split('\n');
        foreach (var place in findings.Split(' ').Select(finding => finding.Split(':')[1]))
            Assert.Contains(lines, line => line.StartsWith($"unclear  todo {place}", StringComparison.Ordinal));
        var waiting = lines.Where(line => line.StartsWith("stuck    ", StringComparison.Ordinal));
        Assert.Equal(stuck.Split(' '), waiting.Select(line => line[9..].Split(' ')[0]));
        var json = workspace.Run("graph", "check", "--json");
        Assert.Equal(6, json.ExitCode);
        var found = json.Partial().GetProperty("not_understood").EnumerateArray()
            .Where(finding => finding.GetProperty("error").GetBoolean()).ToList();
        Assert.Equal(findings, string.Join(" ", found.Select(finding => $"{finding.GetProperty("kind")}:{finding.GetProperty("place")}")));
        Assert.Equal(stuck, string.Join(" ", TasklockAnswer.Texts(json.Partial().GetProperty("stuck"), "task_id")));
        var progress = workspace.Run("progress", "--json").Document();
        Assert.Equal(stuck, string.Join(" ", TasklockAnswer.Texts(progress.GetProperty("stuck"), "task_id")));
        var self = workspace.Run("check");
        Assert.True(self.ExitCode == 6, self.Output);
        foreach (var place in findings.Split(' ').Select(finding => finding.Split(':')[1]))
            Assert.Contains($"todo {place}", self.Output, StringComparison.Ordinal);
        var sync = workspace.Run("sync").Output.Split('\n');
        Assert.Equal(found.Count, sync.Count(line => line.StartsWith("Not understood: todo ", StringComparison.Ordinal)));
    }

    private static List<JsonElement> Todos(string document)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(document));
        return [.. json.RootElement.Clone().GetProperty("todos").EnumerateArray()];
    }

    private static void Put(string tool, string document)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(document)!);
        File.Copy(Path.Combine(Repository.Root, "tests", "TaskLocking.Engine.Tests", "Foreign", "Documents", tool + ".json"), document);
    }
}
