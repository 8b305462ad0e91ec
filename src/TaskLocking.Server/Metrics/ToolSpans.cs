using System.Diagnostics;

namespace TaskLocking.Server;

/// <summary>A span for each call of a tool, over HTTP as over the protocol; nobody who listens, no cost.</summary>
internal static class ToolSpans
{
    public const string Source = "TaskLocking";

    private static readonly ActivitySource Activities = new(Source, ServerVersion.Text);

    /// <summary>Null where nobody listens.</summary>
    public static Activity? Begin(BoardTool tool, ToolAction action) =>
        Activities.StartActivity($"tasklock.{tool.Name}.{action.Name}", ActivityKind.Server);

    /// <summary>How it ended: of a refusal its code, and nothing of what was asked.</summary>
    public static void Tell(Activity? span, Refusal? refusal)
    {
        if (span is null || refusal is null)
            return;
        span.SetTag("tasklock.refusal", refusal.Code.ToString());
        span.SetStatus(ActivityStatusCode.Error);
    }
}
