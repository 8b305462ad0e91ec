using System.Collections.Generic;

namespace TaskLocking.Cli.Output;

/// <summary>
/// Files of a claimed task that somebody else has, for a person on standard error; in JSON they stand in the task's object.
/// </summary>
internal static class OverlapWarning
{
    public static void Tell(string id, IReadOnlyList<FileConflict> overlaps)
    {
        foreach (var overlap in overlaps)
            StandardError.Line($"warning: {overlap.Path} of task {id} was not taken: {LeaseText.Sentence(overlap.Lease)}");
    }
}
