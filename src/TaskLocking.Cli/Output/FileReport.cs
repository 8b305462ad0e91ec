using System.Collections.Generic;
using System.Linq;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>The answers of the <c>file</c> commands.</summary>
internal static class FileReport
{
    /// <summary>Leases that were taken or freed; all refusals on standard error, for then nothing was done.</summary>
    /// <param name="run">Where to.</param>
    /// <param name="answer">What became of it.</param>
    /// <param name="single">One path was named, so the document is an object, or null where there was no lease.</param>
    /// <param name="deed">"locked" or "unlocked", for a person.</param>
    public static int Write(CommandRun run, FileLeaseAnswer answer, bool single, string deed)
    {
        if (!answer.Success)
            return run.Failure.Tell(answer.Refused);
        if (run.Json)
            StandardOutput.Json(writer => LeaseJson.Write(writer, answer.Leases, single));
        else if (answer.Leases.Count == 0)
            StandardOutput.Line("No leases.");
        else
            WriteText(answer.Leases, deed);
        return 0;
    }

    public static void WriteList(CommandRun run, IReadOnlyList<FileLease> leases)
    {
        if (run.Json)
        {
            StandardOutput.Json(writer => LeaseJson.Write(writer, leases, single: false));
            return;
        }
        if (leases.Count == 0)
        {
            StandardOutput.Line("No leases.");
            return;
        }
        var table = new TextTable("Path", "Agent", "Kind", "Since", "Until", "Task", "Process");
        foreach (var lease in leases)
        {
            table.Add(lease.Path + LeaseText.Tree(lease), LeaseText.Who(lease), lease.IsShared ? "shared" : "exclusive",
                TaskText.Time(lease.Since), TaskText.Time(lease.Expires), lease.TaskId,
                lease.Pid is null ? null : $"{lease.Pid} on {lease.Host}");
        }
        SpectreTable.Write(table);
    }

    public static void WriteTest(CommandRun run, IReadOnlyList<FileTestResult> results, bool single)
    {
        if (run.Json)
        {
            StandardOutput.Json(writer => JsonText.Write(writer, results, single, LeaseJson.Write));
            return;
        }
        StandardOutput.Lines(results.SelectMany(result => result.IsFree
            ? [$"free   {result.Path}"]
            : result.Conflicts.Select(lease => $"HELD   {result.Path}: {LeaseText.Sentence(lease)}")));
    }

    private static void WriteText(IReadOnlyList<FileLease> leases, string deed) => StandardOutput.Lines(leases.Select(lease =>
        $"{lease.Path}{LeaseText.Tree(lease)} {deed}: " +
            $"{LeaseText.Who(lease)}{(lease.IsShared ? ", shared" : "")}" +
            $"{(deed == "locked" ? ", until " + TaskText.Time(lease.Expires) : "")}"));
}
