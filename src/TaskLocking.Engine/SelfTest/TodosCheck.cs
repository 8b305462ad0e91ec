using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TaskLocking.SelfTest;

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
        var errors = found.Where(finding => finding.IsError).ToList();
        if (errors.Count > 0)
        {
            throw new InvalidDataException(
                $"In the todos {Counted(errors, "thing is", "things are")} not understood: {string.Join("; ", errors)}.");
        }
        return found.Count == 0
            ? "Everything in the todos is understood."
            : $"Everything in the todos is understood; {Counted(found, "remark", "remarks")}: {string.Join("; ", found)}.";
    }

    private static string Counted(IReadOnlyList<TodoFinding> found, string one, string more) =>
        $"{found.Count} {(found.Count == 1 ? one : more)}";
}
