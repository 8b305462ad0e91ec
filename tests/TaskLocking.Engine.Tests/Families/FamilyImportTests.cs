using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace TaskLocking.Tests.Families;

/// <summary>Parents and children in files that are imported, and lines that are exported.</summary>
public sealed class FamilyImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tasklock-family-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lines_name_a_parent_as_definitions_do_and_give_it_back()
    {
        using var board = Board("a");
        var report = Import(board, """{"id":"C","parent":"P"}""", """{"id":"P"}""", """{"id":"E","parentId":"P"}""");
        Assert.Equal(["C", "P", "E"], report.Added);
        Assert.Equal(["C", "E"], board.GetReady().Select(task => task.Id));
        var lines = board.Export().ToList();
        using var other = Board("b");
        Import(other, [.. lines]);
        Assert.Equal((2, 0), (other.FindTask("P")!.Children!.Total, other.FindTask("P")!.Children!.Closed));
        Assert.Contains("\"parent\":\"P\"", lines[0]);
        Assert.Contains("\"parentId\":\"P\"", lines[2]);
        Assert.Equal(3, Import(board, [.. other.Export()]).Unchanged.Count);
    }

    [Fact]
    public void A_parent_that_is_not_there_is_told_and_no_obstacle()
    {
        using var board = Board("a");
        var report = Import(board, """{"id":"C","parent":"P"}""");
        Assert.Contains("nobody's child", Assert.Single(report.Remarks));
        Assert.Equal("P", board.FindTask("C")!.Parent);
        Assert.Equal(["C"], Import(board, """{"id":"C","parent":"P"}""").Unchanged);
    }

    [Fact]
    public void Circles_depth_and_closed_parents_are_refused_whole()
    {
        using var board = Board("a");
        Assert.Equal(RefusalCode.DependencyCycle, Refused(board, """{"id":"A","parent":"B"}""", """{"id":"B","parent":"A"}"""));
        Assert.Equal(RefusalCode.DependencyCycle, Refused(board, """{"id":"A"}""", """{"id":"B","parent":"A","dependencies":["A"]}"""));
        Assert.Equal(RefusalCode.InvalidArgument, Refused(board,
            [.. Enumerable.Range(1, 17).Select(level => $$"""{"id":"L{{level}}","parent":"L{{level - 1}}"}""".Replace("\"L0\"", "null",
                StringComparison.Ordinal))]));
        board.Define([new TaskDefinition("P")]);
        board.Edit([new TaskEdit("P") { Status = AgentTaskStatus.Done }]);
        Assert.Equal(RefusalCode.StatusConflict, Refused(board, """{"id":"C","parent":"P"}"""));
        Assert.Equal(["P"], board.GetTasks().Select(task => task.Id));
        // A closed one it may have, and a file may say of both what it likes.
        Import(board, """{"id":"C","parent":"P","status":"Done"}""", """{"id":"Q","status":"Done"}""", """{"id":"D","parent":"Q"}""");
        Assert.Equal((AgentTaskStatus.Done, AgentTaskStatus.Todo), (board.FindTask("Q")!.Status, board.FindTask("D")!.Status));
    }

    [Fact]
    public void What_is_done_elsewhere_is_done_here_the_children_before_their_parents()
    {
        using var board = Board("a");
        board.Define([new TaskDefinition("P"), new TaskDefinition("C") { Parent = "P" }, new TaskDefinition("E") { Parent = "C" }]);
        var report = Import(board, true, [.. new[] { "P", "C", "E" }.Select(id => $$"""{"id":"{{id}}","status":"Done"}""")]);
        Assert.Equal(["P", "C", "E"], report.Changed);
        Assert.All(board.GetTasks(), task => Assert.Equal(AgentTaskStatus.Done, task.Status));
        Assert.Equal("P", board.FindTask("C")!.Parent);
    }

    [Fact]
    public void Another_board_brings_its_families_and_closes_what_it_has_closed()
    {
        using var board = Board("a");
        using var other = Board("b");
        board.Define([new TaskDefinition("P"), new TaskDefinition("C") { Parent = "P" }]);
        Import(other, [.. board.Export(), """{"id":"N","parent":"P"}"""]);
        other.Edit([new TaskEdit("C") { Status = AgentTaskStatus.Done }, new TaskEdit("N") { Status = AgentTaskStatus.Done }]);
        Assert.Equal(AgentTaskStatus.Done, other.FindTask("P")!.Status);
        Import(board, true, [.. other.Export()]);
        Assert.All(board.GetTasks(), task => Assert.Equal(AgentTaskStatus.Done, task.Status));
        Assert.Equal((2, 2), (board.FindTask("P")!.Children!.Total, board.FindTask("P")!.Children!.Done));
    }

    private TaskBoard Board(string name) => TaskBoard.Open(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName);

    private static ImportReport Import(TaskBoard board, params string[] lines) => Import(board, false, lines);

    private static ImportReport Import(TaskBoard board, bool update, params string[] lines)
    {
        var report = board.Import(Request(lines, update));
        Assert.True(report.Refusals.Count == 0, string.Join('\n', report.Refusals.Select(refusal => refusal.Message)));
        return report;
    }

    private static RefusalCode? Refused(TaskBoard board, params string[] lines) => board.Import(Request(lines, false)).Refusals[0].Code;

    private static ImportRequest Request(IReadOnlyList<string> lines, bool update) =>
        new([new ImportFile("tasks.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', lines)))]) { Update = update };
}
