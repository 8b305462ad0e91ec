using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TaskLocking.CrashStates.Checks;

/// <summary>What was acknowledged by a moment, gathered from what the processes said: see the workers' own words.</summary>
internal sealed class Promise
{
    private readonly HashSet<string> _tasks = [];
    private readonly HashSet<string> _mayBeGone = [];
    private readonly Dictionary<string, long> _contents = [];
    private readonly Dictionary<string, long> _claims = [];
    private readonly HashSet<string> _mayHaveEnded = [];
    private readonly HashSet<string> _done = [];

    public Promise(IEnumerable<string> answers)
    {
        foreach (var answer in answers)
        {
            switch (answer.Split('\t'))
            {
                case ["has", var version, var what, var id, var value]:
                    Version = Math.Max(Version, long.Parse(version, CultureInfo.InvariantCulture));
                    Has(what, id, value);
                    break;
                case ["may", "task", var id]:
                    _mayBeGone.Add(id);
                    break;
                case ["may", "claim", var id]:
                    _mayHaveEnded.Add(id);
                    break;
                case [var line] when line.Split(' ') is ["Task", var id, "defined"]: // the command's own answer
                    _tasks.Add(id);
                    break;
            }
        }
    }

    /// <summary>The highest version that was told.</summary>
    public long Version { get; private set; }

    /// <summary>The claims that must still count, with their tokens.</summary>
    public IEnumerable<(string Id, long Token)> Claims =>
        _claims.Where(claim => !_mayHaveEnded.Contains(claim.Key) && !_mayBeGone.Contains(claim.Key))
            .Select(claim => (claim.Key, claim.Value));

    /// <summary>What a store lacks of it.</summary>
    public IEnumerable<string> Lacks(TaskBoard board)
    {
        var tasks = board.GetTasks().ToDictionary(task => task.Id, StringComparer.Ordinal);
        foreach (var id in _tasks.Where(id => !_mayBeGone.Contains(id)))
        {
            if (!tasks.TryGetValue(id, out var task))
                yield return $"task {id} is gone";
            else if (_contents.TryGetValue(id, out var number) && NumberOf(task) is var found && found < number)
                yield return $"task {id} has content {found}, and {number} was acknowledged";
        }
        foreach (var id in _done.Where(id => !_mayBeGone.Contains(id)))
        {
            if (tasks.TryGetValue(id, out var task) && task.Status != AgentTaskStatus.Done)
                yield return $"task {id} was done and is {task.StatusText}";
        }
        foreach (var (id, token) in _claims.Where(claim => !_mayBeGone.Contains(claim.Key)))
        {
            if (!tasks.TryGetValue(id, out var task))
                continue;
            if (task.Claim is { } claim ? claim.Token < token : !_mayHaveEnded.Contains(id))
                yield return FormattableString.Invariant($"task {id} was claimed with token {token} and has {task.Claim?.Token ?? 0}");
        }
    }

    private void Has(string what, string id, string value)
    {
        _tasks.Add(id);
        switch (what)
        {
            case "content":
                _contents[id] = Math.Max(_contents.GetValueOrDefault(id), long.Parse(value, CultureInfo.InvariantCulture));
                break;
            case "claim":
                _claims[id] = long.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "done":
                _done.Add(id);
                break;
        }
    }

    private static long NumberOf(AgentTask task) =>
        long.TryParse(task.Content?.TrimStart('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
