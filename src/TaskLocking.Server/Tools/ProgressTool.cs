using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary><c>progress</c>: how far a swarm, or everything, is.</summary>
internal static class ProgressTool
{
    public static BoardTool Table { get; } = new("progress", "Progress",
        "How far a swarm, or the whole board, is: percent, counts by status, what is ready, what is stuck, files that are leased; "
            + "when the last nightly run was.")
    {
        Actions = [new("show", Changes: false, Show)],
        Fields = [ToolField.Text("swarm", "The swarm; all tasks when left out.")],
        Answer =
        [
            ("success", "boolean"), ("version", "integer"), ("progress", "object"), ("last_nightly", "object null"),
            ("refusal", "object"),
        ],
    };

    private static ToolAnswer Show(ToolCall call)
    {
        var progress = call.Board.GetProgress(call.Text("swarm"));
        return ToolAnswer.Done(call.Version, writer =>
        {
            writer.WritePropertyName("progress");
            ProgressJson.Write(writer, progress);
            AssignmentRunJson.Write(writer, "last_nightly", call.Board.GetLastRun());
        });
    }
}
