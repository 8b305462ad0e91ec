using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>What a worker does, as it does it: lines for a person on standard error, or documents on standard output.</summary>
/// <param name="json">As documents.</param>
/// <param name="verbose">Whether a person hears of each begin, too.</param>
internal sealed class WorkReport(bool json, bool verbose)
{
    private static readonly (WorkResultKind Kind, string Words)[] Words =
    [
        (WorkResultKind.Done, "done"), (WorkResultKind.Review, "in review"), (WorkResultKind.Retry, "to be tried again"),
        (WorkResultKind.Failed, "failed"), (WorkResultKind.Lost, "lost"), (WorkResultKind.GivenBack, "given back"),
    ];

    private readonly Lock _gate = new();
    private readonly SortedDictionary<WorkResultKind, int> _counts = [];
    private string? _trouble;

    /// <summary>Whether some of what was taken was not done.</summary>
    public bool HasUndone =>
        _counts.Keys.Any(kind => kind is WorkResultKind.Retry or WorkResultKind.Failed or WorkResultKind.Lost);

    public void Began(WorkItem item)
    {
        OverlapWarning.Tell(item.Task.Id, item.Overlaps);
        if (json)
            StandardOutput.Json(writer => WorkJson.WriteBegin(writer, item));
        else if (verbose)
            StandardError.Line($"{item.Task.Id} begun, attempt {item.Task.Attempt} of {item.Task.MaxAttempt}, token {item.Token}");
    }

    public void Ended(WorkResult result)
    {
        lock (_gate)
        {
            _counts[result.Result] = _counts.GetValueOrDefault(result.Result) + 1;
            _trouble = null;
        }
        if (json)
            StandardOutput.Json(writer => WorkJson.Write(writer, result));
        else
            StandardError.Line(Sentence(result));
    }

    /// <summary>The store cannot be used for now; told once.</summary>
    public void Trouble(Refusal refusal)
    {
        lock (_gate)
        {
            if (refusal.Message == _trouble)
                return;
            _trouble = refusal.Message;
        }
        if (json)
            NoticeReport.Warn(refusal.Code.ToString(), refusal.Message);
        else
            StandardError.Line($"warning: {refusal.Message.TrimEnd('.')}. It is tried again.");
    }

    public void End(WorkEnd? end, string reason)
    {
        if (json)
            StandardOutput.Json(writer => WorkJson.WriteEnd(writer, end, reason, _counts));
        else
            StandardError.Line($"{reason} {Counts()}");
    }

    private string Counts() => _counts.Count == 0 ? "This worker took none."
        : "Of this worker: " + string.Join(", ", Words.Where(word => _counts.ContainsKey(word.Kind))
            .Select(word => $"{_counts[word.Kind]} {word.Words}")) + ".";

    private static string Sentence(WorkResult result)
    {
        var seconds = result.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        var words = Array.Find(Words, word => word.Kind == result.Result).Words;
        return $"{result.TaskId} {words} after {seconds} s{(result.Reason is null ? "" : ": " + result.Reason)}";
    }
}
