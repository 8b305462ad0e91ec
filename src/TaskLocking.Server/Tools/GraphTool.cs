using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary><c>graph</c>: what keeps tasks from ever being done.</summary>
internal static class GraphTool
{
    public static BoardTool Table { get; } = new("graph", "Check dependencies",
        "check: circles of dependencies, dependencies on tasks that are not there, tasks that will never be done as things stand.")
    {
        Actions = [new("check", Changes: false, Check)],
        Fields = [],
        Answer = [("success", "boolean"), ("version", "integer"), ("graph", "object"), ("refusal", "object")],
    };

    private static ToolAnswer Check(ToolCall call)
    {
        var report = call.Board.CheckGraph();
        return ToolAnswer.Done(call.Version, writer =>
        {
            writer.WritePropertyName("graph");
            GraphJson.Write(writer, report);
        });
    }
}
