using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>What is on the board that a person may have meant, for a name that is not.</summary>
/// <param name="place">Where to look.</param>
internal sealed class NearestName(Func<WorkspacePlace> place)
{
    /// <summary>"; did you mean T-1?" behind the sentence of a refusal, or nothing.</summary>
    public string Hint(Refusal refusal) => refusal switch
    {
        { Code: RefusalCode.TaskNotFound, TaskId: { } id } => Hint(id, board => board.GetTasks().Select(task => task.Id)),
        { Code: RefusalCode.AgentNotFound, Agent: { } agent } => Hint(agent, board => board.GetAgents().Select(each => each.Name)),
        _ => "",
    };

    // Reads anew: the command that was refused may have ended. What goes wrong here is nobody's question.
    private string Hint(string name, Func<TaskBoard, IEnumerable<string>> names)
    {
        try
        {
            using var board = Boards.Open(place());
            return NearestWord.Hint(name, names(board));
        }
        catch (TaskLockingException)
        {
            return "";
        }
    }
}
