using System.IO;
using BenchmarkDotNet.Attributes;
using TaskLocking.Todo2;
using TodoDocument = TaskLocking.Benchmarks.Harness.TodoDocument;

namespace TaskLocking.Benchmarks.Parts;

/// <summary>The verbs of one warm process without a flush: what is left is the engine's own work.</summary>
[MemoryDiagnoser]
public class BoardParts
{
    private string _workspace = "";
    private TaskBoard _board = null!;
    private int _next;

    [Params(100, 10_000)]
    public int Tasks { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _workspace = Directory.CreateTempSubdirectory("tasklocking").FullName;
        TodoDocument.Write(Path.Combine(Directory.CreateDirectory(Path.Combine(_workspace, ".todo2")).FullName, "state.todo2.json"), Tasks);
        _board = TaskBoard.Open(_workspace, new TaskBoardOptions { Durability = Durability.Relaxed });
        _board.FindTask("");
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _board.Dispose();
        Directory.Delete(_workspace, recursive: true);
    }

    [Benchmark]
    public AssignmentResult AssignAndUnassign()
    {
        var id = TodoDocument.Id(_next++ % Tasks);
        _board.Assign(new AssignmentRequest([id], "agent", "a"));
        return _board.Unassign(new UnassignmentRequest([id]) { From = "a" });
    }

    [Benchmark]
    public AgentTask? Find() => _board.FindTask(TodoDocument.Id(_next++ % Tasks));

    [Benchmark]
    public int GetTasks() => _board.GetTasks(new TaskQuery { IsAssigned = true }).Count;

    [Benchmark]
    public TaskBoard OpenAndRead()
    {
        using var board = TaskBoard.Open(_workspace);
        board.FindTask(TodoDocument.Id(0));
        return board;
    }
}
