using System;
using System.CommandLine;
using System.Threading;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;

namespace TaskLocking.Cli.Running;

/// <summary>
/// What a command works with: the values given, the workspace, the wait, and where answers go. Nothing is made before it is asked for.
/// </summary>
internal sealed class CommandRun : IDisposable
{
    private readonly ParseResult _parsed;
    private readonly WaitWatch _watch;
    private WorkspacePlace? _place;
    private TaskBoard? _board;

    public CommandRun(ParseResult parsed)
    {
        _parsed = parsed;
        Json = parsed.GetValue(GlobalOptions.Json);
        Talkative = parsed.GetValue(GlobalOptions.Verbose);
        Verbose = Talkative && !Json;
        Timeout = WaitTime.Parse(parsed.GetValue(GlobalOptions.Timeout));
        Failure = new FailureReport(Json, new NearestName(() => Place).Hint);
        _watch = new WaitWatch(told: !Json);
    }

    /// <summary>Whether answers and refusals are JSON.</summary>
    public bool Json { get; }

    /// <summary>Whether waits and holds are told; never with <see cref="Json"/>, whose standard error is for refusals.</summary>
    public bool Verbose { get; }

    /// <summary>Whether <c>--verbose</c> was given, with or without <see cref="Json"/>.</summary>
    public bool Talkative { get; }

    /// <summary>The longest wait; null if the caller did not say.</summary>
    public TimeSpan? Timeout { get; }

    public FailureReport Failure { get; }

    /// <summary>The name of the request, where the command has one and it was given.</summary>
    public string? RequestId => Given(WriteOptions.RequestId) ? _parsed.GetValue(WriteOptions.RequestId) : null;

    /// <summary>Cancelled by Ctrl+C during a wait.</summary>
    public CancellationToken Cancellation => _watch.Token;

    /// <summary>Goes to the engine, to tell a wait that lasts.</summary>
    public Action<LockWait> OnWait => _watch.Tell;

    /// <summary>Goes to the engine, to tell what a lock took; null unless somebody wants to hear it.</summary>
    public Action<LockTimes>? OnFreed => Verbose ? Tell : null;

    /// <summary>The canonical full path.</summary>
    public string Workspace => Place.Folder;

    /// <summary>The same, and why it is this one.</summary>
    public WorkspacePlace Place => _place ??= WorkspacePath.Locate(Value(GlobalOptions.Workspace), CurrentFolder.Path);

    /// <summary>Where the files of the project are, which a linked worktree has for itself.</summary>
    public string Project => WorkspacePath.FindProject(Value(GlobalOptions.Workspace), CurrentFolder.Path);

    /// <summary>A path or pattern of a lease, relative to the current folder, as a request takes it.</summary>
    public static string FromHere(string path) => CallerPath.From(CurrentFolder.Path, path);

    public T? Value<T>(Option<T> option) => _parsed.GetValue(option);

    public T? Value<T>(Argument<T> argument) => _parsed.GetValue(argument);

    /// <summary>The values of an option that may come several times; null if it was not given.</summary>
    public string[]? Values(Option<string[]> option) => _parsed.GetResult(option) is null ? null : _parsed.GetValue(option);

    public bool Given(Option option) => _parsed.GetResult(option) is { Implicit: false };

    /// <summary>How many of the last arguments stood after "--".</summary>
    public int WordsAfterDashes() => ArgumentFault.WordsAfterDashes(_parsed);

    /// <param name="session">Who holds tasks; null for this process.</param>
    /// <param name="lasts">Whether this process goes on with the board, instead of ending with its answer.</param>
    public TaskBoard OpenBoard(LockSession? session = null, bool lasts = false)
    {
        if (Verbose)
            StandardError.Line("workspace " + (Place.Address ?? Workspace) + ": " + Place.Reason);
        return _board = Boards.Open(Place, session, lasts, lasts ? null : Timeout);
    }

    /// <summary>Tells what the store has to say so far. Every command does so at its end.</summary>
    public void TellNotices()
    {
        if (_board is not null)
            NoticeReport.Tell(_board.TakeNotices(), Json);
    }

    public CommitOptions Commit(string? by = null) => new()
    {
        Timeout = Timeout,
        By = by,
        RequestId = RequestId,
        OnWait = OnWait,
        OnCommitted = Verbose ? Tell : null,
    };

    public void Dispose() => _watch.Dispose();

    private static void Tell(LockTimes times) => StandardError.Line(Took(times.Waited, times.Held));

    private static string Took(TimeSpan waited, TimeSpan held) =>
        $"waited {waited.TotalMilliseconds:0.000} ms, held the lock {held.TotalMilliseconds:0.000} ms";

    private static void Tell(CommitReport report) => StandardError.Line(
        $"version {report.Version}, {Took(report.Waited, report.Held)}"
            + (report.Replayed ? ", served before" : report.Wrote ? "" : ", nothing to change"));
}
