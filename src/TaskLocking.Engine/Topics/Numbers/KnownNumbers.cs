using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Topics;

/// <summary>
/// What is taken beside what lies in the root itself: in the other working trees, committed or not; by whatever commit ever added on any
/// ref, be it removed since; by reservations. Read under the root's lock in the git directory.
/// </summary>
internal sealed class KnownNumbers
{
    private readonly TopicPlace _place;
    private readonly ITopicGit? _git;
    private readonly NumberTally _tally = new();
    private readonly Dictionary<string, string> _trees = new(StringComparer.Ordinal);
    private readonly List<GitRef> _reserved = [];
    private IReadOnlyList<GitRef> _refs = [];
    private IReadOnlyCollection<string> _seen = [];

    private KnownNumbers(TopicPlace place, ITopicGit? git)
    {
        _place = place;
        _git = git;
    }

    /// <summary>Whether refs and history could be read.</summary>
    public bool HasHistory { get; private set; }

    /// <summary>What is taken now.</summary>
    /// <param name="place">The root in its repository.</param>
    /// <param name="git">The repository; null where git cannot be asked, which the caller tells.</param>
    /// <param name="doubts">Gets what could not be seen.</param>
    public static KnownNumbers Read(TopicPlace place, ITopicGit? git, TopicDoubts doubts)
    {
        var known = new KnownNumbers(place, git);
        foreach (var root in place.OtherRoots())
            known.ReadTree(root, doubts);
        known.ReadHistory(doubts);
        return known;
    }

    /// <summary>Reservations that were found since, here or at a remote.</summary>
    public void Reserve(IEnumerable<GitRef> refs)
    {
        foreach (var each in refs)
        {
            if (_place.NumberOf(each.Name) is >= 0 and var number)
            {
                _tally.Add(number);
                _reserved.Add(each);
            }
        }
    }

    /// <summary>The next number after one.</summary>
    public int Next(int number) => _tally.Next(number);

    /// <summary>Whether another working tree has a number.</summary>
    public bool IsInAnotherTree(int number) => _trees.Keys.Any(name => TopicFolderName.NumberOf(name.AsSpan()) == number);

    /// <summary>Whether a commit or a working tree other than the root itself ever had a number.</summary>
    public bool IsUsed(int number) =>
        IsInAnotherTree(number) || _seen.Any(name => TopicFolderName.NumberOf(name.AsSpan()) == number);

    /// <summary>The folder of a cleaned name where others have it still, and where that is.</summary>
    /// <param name="name">Cleaned.</param>
    /// <param name="isOwn">Of a reservation, whether it is the caller's.</param>
    /// <exception cref="GitFailure">git does not say.</exception>
    public (string Folder, string Where)? Find(string name, Func<GitRef, bool> isOwn)
    {
        if (Lowest(_trees.Keys, name) is { } there)
            return (there, $"in the working tree of '{_trees[there]}'");
        foreach (var folder in InOrder(_seen, name))
        {
            if (_git?.Holder([.. _refs.Where(each => !TopicPlace.IsOurs(each.Name))], folder) is { } holder)
                return (folder, $"on {holder.Name}");
        }
        var reserved = _reserved.Where(each => !isOwn(each)).Select(each => (each, _place.NumberOf(each.Name))).ToList();
        var bookings = _git?.Read([.. reserved.Select(each => each.each.Object).Distinct(StringComparer.Ordinal)]);
        foreach (var (each, number) in reserved.OrderBy(each => each.Item2))
        {
            // What was used is where it was looked for above, or gone.
            if (bookings?.TryGetValue(each.Object, out var text) == true && !IsUsed(number) && TopicBooking.Read(text) is var booking
                && booking.Topics.TryGetValue(number, out var topic) && topic == name)
                return (TopicFolderName.Format(number, name), $"reserved by {booking.Agent} on {booking.Host}");
        }
        return null;
    }

    private void ReadTree(string root, TopicDoubts doubts)
    {
        try
        {
            foreach (var entry in TopicScan.Entries(root))
            {
                _tally.Add(entry.FileName);
                if (entry.IsTopic)
                    _trees[entry.FileName] = root;
            }
        }
        catch (TaskLockingException refused)
        {
            doubts.Add($"another working tree cannot be read ({refused.Message})", refused);
        }
    }

    private void ReadHistory(TopicDoubts doubts)
    {
        if (_git is null)
            return;
        try
        {
            _refs = _git.Refs();
            Reserve(_refs);
            _seen = SeenNames.Of(_place, _git, _refs).Names;
            foreach (var name in _seen)
                _tally.Add(name);
            HasHistory = true;
        }
        catch (GitFailure failure)
        {
            doubts.Add($"other branches cannot be looked at ({failure.Message})", failure);
        }
        if (_place.Shallow is not null)
            doubts.Add("this clone is shallow, so what was removed before its history begins is not known ('git fetch --unshallow')");
    }

    private static string? Lowest(IEnumerable<string> folders, string name) => InOrder(folders, name).FirstOrDefault();

    private static IEnumerable<string> InOrder(IEnumerable<string> folders, string name) =>
        folders.Where(folder => TopicFolderName.NumberOf(folder.AsSpan()) >= 0 && ReusableNames.CleanName(folder) == name)
            .OrderBy(folder => TopicFolderName.NumberOf(folder.AsSpan())).ThenBy(folder => folder, StringComparer.Ordinal);
}
