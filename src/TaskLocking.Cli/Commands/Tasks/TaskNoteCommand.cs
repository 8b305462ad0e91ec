using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task note</c>.</summary>
internal sealed class TaskNoteCommand : TasklockCommand
{
    public const string Verb = "note";

    private readonly Argument<string> _id = new("ID") { Description = "The task." };
    private readonly Argument<string> _text = new("TEXT")
    {
        Description = "What to leave there, 1 to 20,000 characters; '-' for standard input.",
    };
    private readonly Option<string> _kind = new("--kind")
    {
        Description = "note, or result: what the work came to. Default: note.",
        HelpName = "note|result",
    };
    private readonly Option<string> _agent = LeaseOptions.Agent("Who does this, for the history; by default user@host.");
    private readonly Option<string> _ifVersion = WriteOptions.IfVersion();

    public TaskNoteCommand()
        : base(Verb, "Leaves a note on a task, for whoever works on it next or waits for it.")
    {
        Add(_id);
        Add(_text);
        Add(_kind);
        Add(_agent);
        Add(_ifVersion);
        Add(WriteOptions.RequestId);
    }

    public override string Remarks => """
        It stands among the 'comments' of the todo, as Todo2 writes them. 'task get' and 'task history' show it, with what other tools
        wrote there in their ways; 'task find' finds it. Control characters are left out. 'tasklock complete --result TEXT' leaves the
        result in the commit that ends the work. What has no room (20,000 characters, 250,000 bytes for all notes of a task) is refused
        with exit code 2: put it into a file, and name that.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task note T-1 \"The feed has no dates before 2019\" --agent builder-1",
        "git diff --stat | tasklock task note T-1 - --kind result --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var request = new NoteRequest(run.Value(_id)!, Text(run, run.Value(_text)!))
        {
            Kind = run.Value(_kind) ?? "note",
            IfVersion = Words.Version(run.Value(_ifVersion)),
        };
        using var board = run.OpenBoard();
        return OutcomeReport.Write(run, board.AddNotes([request], run.Commit(LeaseOptions.FindAgent(run, _agent)), run.Cancellation),
            single: true, outcome => $"Task {outcome.Id} has one more note");
    }

    /// <summary>The text that was given, or that stands in standard input.</summary>
    public static string Text(CommandRun run, string text) =>
        text == InputFile.StandardInput ? InputFile.ReadText(text, run.Timeout) : text;
}
