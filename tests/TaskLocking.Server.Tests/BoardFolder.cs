using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using TaskLocking.Server;

namespace TaskLocking.Tests.Server;

/// <summary>A workspace of its own, with a board that tools are called on.</summary>
internal sealed class BoardFolder : IDisposable
{
    public BoardFolder()
    {
        Path = Directory.CreateTempSubdirectory("tasklock-server-").FullName;
        Board = TaskBoard.Open(Path);
        Setting = new ToolSetting(Board) { Project = Path };
    }

    public string Path { get; }

    public TaskBoard Board { get; }

    public ToolSetting Setting { get; set; }

    public void Define(params string[] ids) => Board.Define(ids.Select(id => new TaskDefinition(id)).ToList());

    /// <summary>Calls a tool; the arguments as JSON.</summary>
    public ToolAnswer Call(string tool, string arguments, CancellationToken cancellation = default)
    {
        using var document = JsonDocument.Parse(arguments);
        var given = document.RootElement.EnumerateObject().ToDictionary(each => each.Name, each => each.Value.Clone());
        return ToolTable.Run(ToolTable.All.Single(each => each.Name == tool), new ToolCall(Setting, given, cancellation));
    }

    /// <summary>The same as JSON.</summary>
    public JsonNode Ask(string tool, string arguments) => JsonNode.Parse(Call(tool, arguments).Json)!;

    public void Dispose()
    {
        Board.Dispose();
        Directory.Delete(Path, recursive: true);
    }
}
