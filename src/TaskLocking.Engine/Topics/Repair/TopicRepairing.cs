using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TaskLocking.Topics;

/// <summary>
/// Gives each of several topics of one number a number of its own: the one that was committed first keeps it, whoever looks; the younger
/// get fresh ones. Nothing is changed before all is known to go, and nothing stays changed when something fails.
/// </summary>
/// <param name="place">The root in its repository.</param>
/// <param name="history">Its history.</param>
/// <param name="creation">Gives numbers and the lock in the git directory.</param>
/// <param name="request">What was asked for.</param>
internal sealed class TopicRepairing(TopicPlace place, GitHistory history, TopicCreation creation, TopicRepairRequest request)
{
    private readonly List<TopicIssue> _issues = [];
    private readonly List<(string Name, string Reason)> _movers = [];
    private int _highest;

    /// <summary>Does it, or says what would be done.</summary>
    /// <param name="lockRoot">Takes the root's own lock.</param>
    /// <exception cref="TaskLockingException">InvalidArgument, VersionChanged, what numbers and files refuse.</exception>
    /// <exception cref="GitFailure">git does not do it.</exception>
    public TopicRepair Run(Func<IDisposable> lockRoot)
    {
        foreach (var collision in Collisions())
            Judge(collision);
        if (_movers.Count == 0)
            return Report([], []);
        IReadOnlyCollection<TopicFolder> made = [];
        try
        {
            var moves = Numbered();
            var links = new TopicLinks(place.Tree.Top, place.Root, moves);
            foreach (var file in history.Files())
                links.Read(file);
            if (!request.IsPreview)
            {
                using (creation.Enter())
                using (lockRoot())
                    new TopicRenaming(place.Root, moves, links.Edits).Run(DateTimeOffset.UtcNow);
                made = [.. moves.Values.Select(name => new TopicFolder(name, Created: true))];
            }
            return Report(moves, links.Mentions);
        }
        finally
        {
            creation.Finish(made);
        }
    }

    private IEnumerable<TopicCollision> Collisions()
    {
        var entries = TopicScan.Entries(place.Root);
        var merge = new TopicMerge(history);
        var found = entries.Where(entry => entry.IsTopic).GroupBy(entry => entry.Number, entry => entry.FileName)
            .Where(topics => topics.Count() > 1).Select(topics => new TopicCollision(topics.Key, [.. topics], [], null))
            .Concat(Sides().SelectMany(side => merge.Collisions(entries, side))).ToList();
        _highest = Math.Max(0, entries.Select(entry => entry.Number).LastOrDefault());
        foreach (var side in Sides())
            _highest = history.Names(history.Commit(side)).Select(name => TopicFolderName.NumberOf(name.AsSpan())).Append(_highest).Max();
        return found.Where(each => request.Numbers.Count == 0 || request.Numbers.Contains(each.Number))
            .GroupBy(each => each.Number).OrderBy(each => each.Key).Select(each => new TopicCollision(each.Key,
                [.. each.SelectMany(one => one.Here).Distinct(StringComparer.Ordinal)],
                [.. each.SelectMany(one => one.There).Distinct(StringComparer.Ordinal)],
                each.Select(one => one.Side).FirstOrDefault(side => side is not null)));
    }

    private IEnumerable<string> Sides() => request.MergeBase ? [.. request.Against, history.Mainline()] : request.Against;

    private void Judge(TopicCollision collision)
    {
        var commits = Sides().Select(history.Commit).ToList();
        if (history.Head() is { } head)
            commits.Add(head);
        var births = history.Births([.. collision.Here, .. collision.There], commits);
        // What nobody has committed is the youngest.
        var order = collision.Here.Concat(collision.There).OrderBy(name => births.ContainsKey(name) ? 0 : 1)
            .ThenBy(name => births.TryGetValue(name, out var birth) ? birth.Time : DateTimeOffset.MaxValue)
            .ThenBy(name => births.TryGetValue(name, out var birth) ? birth.Commit : "", StringComparer.Ordinal)
            .ThenBy(name => name, StringComparer.Ordinal).ToList();
        var reason = births.TryGetValue(order[0], out var first)
            ? $"{order[0]} is older: committed {first.Time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)} ({first.Commit[..8]})"
            : $"none is committed, and {order[0]} comes first by name";
        foreach (var name in order.Skip(1))
        {
            if (collision.Here.Contains(name, StringComparer.Ordinal))
                _movers.Add((name, reason));
            else
                _issues.Add(new TopicIssue("collision", TopicFolderName.Format(collision.Number),
                    $"{name} of {collision.Side} is the younger one and not here: it gets another number there, or here after the merge "
                    + $"({reason}).", IsError: true));
        }
    }

    private Dictionary<string, string> Numbered()
    {
        string[] names = [.. _movers.Select(mover => ReusableNames.CleanName(mover.Name) ?? "topic")];
        if (!request.IsPreview)
            creation.Prepare(names, reusable: null);
        using (creation.Enter())
        {
            var numbers = request.IsPreview ? creation.Series.Preview(_highest, names.Length) : creation.Series.Take(_highest, names);
            return _movers.Select((mover, index) => (mover.Name, Other: Renamed(mover.Name, numbers[index])))
                .ToDictionary(each => each.Name, each => each.Other, StringComparer.Ordinal);
        }
    }

    // In its own spelling: 0003-x becomes 0012-x.
    private static string Renamed(string name, int number)
    {
        var digits = TopicFolderName.DigitsOf(name);
        var renamed = number.ToString(new string('0', digits), CultureInfo.InvariantCulture) + name[digits..];
        return TopicFolderName.NumberOf(renamed.AsSpan()) == number ? renamed
            : TopicFolderName.Format(number, name[TopicFolderName.NameStart(name)..]);
    }

    private TopicRepair Report(Dictionary<string, string> moves, IReadOnlyList<TopicMention> mentions) => new(place.Root,
        [
            .. from mover in _movers
               let other = moves[mover.Name]
               select new TopicMove(Number(mover.Name), Number(other), System.IO.Path.Combine(place.Root, mover.Name),
                   System.IO.Path.Combine(place.Root, other), mover.Reason),
        ], mentions, _issues, request.IsPreview);

    private static string Number(string name) => TopicFolderName.Format(TopicFolderName.NumberOf(name.AsSpan()));
}
