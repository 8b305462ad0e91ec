using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>merge-driver</c>.</summary>
internal sealed class MergeDriverCommand : TasklockCommand
{
    public const string Verb = "merge-driver";

    /// <summary>What belongs into <c>.gitattributes</c>.</summary>
    public const string Attributes = "**/.todo2/state.todo2.json merge=tasklock";

    private readonly Argument<string[]> _files = new("BASE OURS THEIRS")
    {
        Description = "The three documents, as git names them: %O %A %B. OURS gets the result.",
        Arity = new ArgumentArity(3, 3),
    };

    public MergeDriverCommand()
        : base(Verb, "Merges the documents of two branches, task by task: a merge driver of git's, for who commits the document.") =>
            Add(_files);

    public override string Remarks => $"""
        Best is not to commit the document, for the board is one, whatever is checked out. Who does, tells git once in each clone, and in
        the repository, how to merge it:

          git config merge.tasklock.driver 'tasklock merge-driver %O %A %B'
          echo '{Attributes}' >> .gitattributes

        What one side changed counts; of what both changed, the newer; histories are united, and a task goes only if the other side did not
        touch it. Claims do not come from the other side, and nothing is removed from a living store by it. Exit code 9, and the conflict is
        left to you, where one of the three is no document.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "git config merge.tasklock.driver 'tasklock merge-driver %O %A %B'",
        "tasklock merge-driver base.json ours.json theirs.json",
    ];

    protected override int Execute(CommandRun run)
    {
        var files = run.Value(_files)!;
        var documents = Array.ConvertAll(files, file => InputFile.ReadRaw(CurrentFolder.Full(file)));
        var merged = DocumentMerge.Run(documents[0], documents[1], documents[2]);
        try
        {
            File.WriteAllBytes(CurrentFolder.Full(files[1]), merged);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TaskLockingException(RefusalCode.StoreUnavailable, $"'{files[1]}' cannot be written: {fault.Message}", fault);
        }
        if (run.Json)
            StandardOutput.Json(writer => writer.WriteStringValue(files[1]));
        return 0;
    }
}
