using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace TaskLocking.Server;

/// <summary>
/// All tools, in the order in which they are listed. HTTP and the Model Context Protocol call the same ones. What asks and what changes are
/// tools of their own but for <c>task_assignee</c>, which is as its origin had it.
/// </summary>
internal static class ToolTable
{
    public static IReadOnlyList<BoardTool> All { get; } =
    [
        AssigneeTool.Table,
        TaskQueryTool.Table,
        TaskChangeTool.Table,
        ClaimTool.Table,
        FileTools.Query,
        FileTools.Lease,
        AgentTools.Query,
        AgentTools.Change,
        TopicTools.Query,
        TopicTools.Create,
        ProgressTool.Table,
        GraphTool.Table,
        EventsTool.Table,
    ];

    /// <summary>What a server offers.</summary>
    public static IReadOnlyList<BoardTool> Of(bool readOnly) =>
        readOnly ? All.Select(tool => tool.ReadOnly()).OfType<BoardTool>().ToList() : All;

    /// <summary>Does what a call asks for; what is refused is an answer, too.</summary>
    public static ToolAnswer Run(BoardTool tool, ToolCall call)
    {
        Activity? span = null;
        try
        {
            call.Check(tool);
            var word = call.Need("action");
            var action = tool.Actions.First(each => string.Equals(each.Name, word, StringComparison.Ordinal));
            call.BeginAt();
            span = ToolSpans.Begin(tool, action);
            if (call.IsNamed && tool == TopicTools.Create)
                throw ToolCall.Fault("What makes folders cannot have an id of its own: leave it out.");
            var answer = action.Run(call);
            ToolSpans.Tell(span, answer.Refusal);
            return call.IsReplayed ? answer.Replayed() : answer;
        }
        catch (TaskLockingException refused)
        {
            ToolSpans.Tell(span, refused.Refusal);
            return ToolAnswer.Refused(refused.Refusal);
        }
        finally
        {
            span?.Dispose();
        }
    }
}
