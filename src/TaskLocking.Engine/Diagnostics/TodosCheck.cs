using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Storage;

namespace TaskLocking.Diagnostics;

/// <summary>What other tools wrote into the document must be understood, or somebody must know that it is not.</summary>
internal static class TodosCheck
{
    public const string Name = "Todos";

    /// <exception cref="InvalidDataException">What is not.</exception>
    public static string Run(string workspace)
    {
        if (!Directory.Exists(Path.Combine(workspace, WorkspacePath.StoreFolder)))
            return $"There is no {WorkspacePath.StoreFolder} yet; the first task makes it.";
        using var board = TaskBoard.Open(workspace);
        IReadOnlyList<TodoFinding> found;
        try
        {
            found = board.CheckGraph().NotUnderstood;
        }
        catch (TaskLockingException)
        {
            return "The todos cannot be read: the state's own test says why.";
        }
        var errors = found.Count(finding => finding.IsError);
        if (errors > 0)
            throw new InvalidDataException($"{errors} {(errors == 1 ? "thing" : "things")} in the todos not understood: {string.Join("; ", found.Where(finding => finding.IsError))}.");
        return found.Count == 0
            ? "Everything in the todos is understood."
            : $"Everything in the todos is understood; {found.Count} {(found.Count == 1 ? "remark" : "remarks")}: {string.Join("; ", found)}.";
    }
}
