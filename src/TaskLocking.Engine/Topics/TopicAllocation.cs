using System;
using System.Collections.Generic;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Topics;

/// <summary>
/// The part of an allocation that runs under the root's lock: the highest number, then one mkdir a name. All or nothing: when a mkdir
/// fails, the folders made before it are removed, so no number is used up.
/// </summary>
internal sealed class TopicAllocation
{
    /// <summary>An empty file, by which git carries a folder that has nothing else.</summary>
    public const string KeptName = ".gitkeep";

    private readonly string _root;
    private readonly ITopicNumbers? _numbers;
    private readonly ReusableNames _known = new();
    private readonly HashSet<int> _own = [];
    private readonly List<string> _made = [];
    private Queue<int> _taken = new();
    private int _highest;

    private TopicAllocation(string root, bool[]? reusable, TopicWatch? watch, int? seen, ICollection<string>? unclear,
        ITopicNumbers? numbers)
    {
        _root = root;
        _numbers = numbers;
        if (reusable is null)
        {
            _highest = seen ?? watch?.Highest() ?? TopicScan.Highest(root, unclear);
            return;
        }
        foreach (var entry in TopicScan.Entries(root))
        {
            _highest = Math.Max(_highest, entry.Number);
            _own.Add(entry.Number);
            if (entry is { IsFolder: true, Number: TopicFolderName.Unclear })
                unclear?.Add(entry.FileName);
            // The entries come by number, so the lowest one stands for its name, however that is spelled.
            else if (entry.IsTopic)
                _known.Add(entry.FileName);
        }
    }

    /// <summary>The folder of each name, in the order given, and whether it was made now. Call under the lock.</summary>
    /// <param name="root">The root.</param>
    /// <param name="names">Cleaned names.</param>
    /// <param name="reusable">Of each name, whether a topic of that name is given; null for none.</param>
    /// <param name="watch">Knows the highest number without a scan.</param>
    /// <param name="seen">A highest number from before the lock, which only a planted bug has.</param>
    /// <param name="unclear">Gets the folders that may be numbered, where the root is scanned.</param>
    /// <param name="numbers">Gives the numbers, where others have the root as well; null: what follows the highest in it.</param>
    public static TopicFolder[] Run(string root, string[] names, bool[]? reusable, TopicWatch? watch, int? seen = null,
        ICollection<string>? unclear = null, ITopicNumbers? numbers = null)
    {
        var allocation = new TopicAllocation(root, reusable, watch, seen, unclear, numbers);
        try
        {
            if (numbers is not null && names.Length > 0)
                allocation.TakeAll(names, reusable);
            var folders = new TopicFolder[names.Length];
            for (var index = 0; index < names.Length; index++)
                folders[index] = allocation.Next(names[index], reusable?[index] == true);
            return folders;
        }
        catch (TaskLockingException)
        {
            allocation.TakeBack();
            throw;
        }
    }

    /// <summary>There is no number any more.</summary>
    public static TaskLockingException Exhausted(string root) => new(new Refusal(RefusalCode.StoreUnavailable,
        $"The topics in '{root}' have reached number {TopicFolderName.MaxNumber}, the last there is. Rename the folder with that " +
            "number, or use another root.")
    { Path = root });

    // One reservation for all that will be needed.
    private void TakeAll(string[] names, bool[]? reusable)
    {
        var needed = new List<string>();
        for (var index = 0; index < names.Length; index++)
        {
            var name = names[index];
            if (reusable?[index] != true || (_known.Find(name) is null && Elsewhere(name) is null && !needed.Contains(name)))
                needed.Add(name);
        }
        if (needed.Count > 0)
            _taken = new Queue<int>(_numbers!.Take(_highest, needed));
    }

    private TopicFolder Next(string name, bool isReusable)
    {
        if (isReusable && _known.Find(name) is { } known)
            return new TopicFolder(known, Created: false);
        var folder = isReusable ? Elsewhere(name) : null;
        if (folder is null || !TryMake(folder))
        {
            // Somebody who does not take the lock was faster: their number counts, ours is the next.
            do
                folder = TopicFolderName.Format(NextNumber(name), name);
            while (!TryMake(folder));
        }
        if (isReusable)
            _known.Add(name, folder);
        return new TopicFolder(folder, Created: true);
    }

    // A number that another folder has here already is no longer that of others alone.
    private string? Elsewhere(string name) =>
        _numbers?.Elsewhere(name) is { } folder && !_own.Contains(TopicFolderName.NumberOf(folder.AsSpan())) ? folder : null;

    private int NextNumber(string name)
    {
        if (_numbers is not null)
            return _highest = _taken.Count > 0 ? _taken.Dequeue() : _numbers.Take(_highest, [name])[0];
        if (_highest >= TopicFolderName.MaxNumber)
            throw Exhausted(_root);
        // From here on years count, and were not looked for before.
        if (_highest == TopicFolderName.NearYears)
            _highest = Math.Max(_highest, TopicScan.Highest(_root));
        return ++_highest;
    }

    private bool TryMake(string folder)
    {
        if (!NewFolder.TryMake(Path.Combine(_root, folder)))
            return false;
        _made.Add(folder);
        if (_numbers is { KeepsEmptyFolders: true })
            Keep(Path.Combine(_root, folder, KeptName));
        return true;
    }

    private static void Keep(string path)
    {
        try
        {
            File.Create(path, bufferSize: 1).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, path);
        }
    }

    // From the last to the first, and no further than what can be removed, so that this leaves no gap.
    private void TakeBack()
    {
        try
        {
            for (var index = _made.Count - 1; index >= 0; index--)
            {
                FileBytes.TryDelete(Path.Combine(_root, _made[index], KeptName));
                Directory.Delete(Path.Combine(_root, _made[index]));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody uses the folder already. It stays a topic; the failure that is on its way to the caller is the one to tell.
        }
    }
}
