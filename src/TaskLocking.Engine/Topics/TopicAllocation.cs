using System;
using System.Collections.Generic;
using System.IO;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.Topics;

/// <summary>
/// The part of an allocation that runs under the root's lock: the highest number, then one mkdir a name. All or nothing: when a mkdir
/// fails, the folders made before it are removed, so no number is used up.
/// </summary>
internal sealed class TopicAllocation
{
    private readonly string _root;
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _made = [];
    private int _highest;

    private TopicAllocation(string root, bool[]? reusable, TopicWatch? watch, int? seen, ICollection<string>? unclear)
    {
        _root = root;
        if (reusable is null)
        {
            _highest = seen ?? watch?.Highest() ?? TopicScan.Highest(root, unclear);
            return;
        }
        foreach (var entry in TopicScan.Entries(root))
        {
            _highest = Math.Max(_highest, entry.Number);
            if (entry is { IsFolder: true, Number: TopicFolderName.Unclear })
                unclear?.Add(entry.FileName);
            // The entries come by number, so the lowest one stands for its name, however that is spelled.
            else if (entry.IsTopic && TopicName.CleanOrEmpty(entry.Name, out var isWhole) is { Length: > 0 } name && isWhole
                && !_known.ContainsKey(name))
                _known.Add(name, entry.FileName);
        }
    }

    /// <summary>The folder of each name, in the order given, and whether it was made now. Call under the lock.</summary>
    /// <param name="root">The root.</param>
    /// <param name="names">Cleaned names.</param>
    /// <param name="reusable">Of each name, whether a topic of that name is given; null for none.</param>
    /// <param name="watch">Knows the highest number without a scan.</param>
    /// <param name="seen">A highest number from before the lock, which only a planted bug has.</param>
    /// <param name="unclear">Gets the folders that may be numbered, where the root is scanned.</param>
    public static TopicFolder[] Run(string root, string[] names, bool[]? reusable, TopicWatch? watch, int? seen = null,
        ICollection<string>? unclear = null)
    {
        var allocation = new TopicAllocation(root, reusable, watch, seen, unclear);
        try
        {
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

    private TopicFolder Next(string name, bool isReusable)
    {
        string? folder;
        if (isReusable && _known.TryGetValue(name, out folder))
            return new TopicFolder(folder, Created: false);
        do
        {
            if (_highest >= TopicFolderName.MaxNumber)
                throw Exhausted();
            // From here on years count, and were not looked for before.
            if (_highest == TopicFolderName.NearYears)
                _highest = Math.Max(_highest, TopicScan.Highest(_root));
            _highest++;
            folder = TopicFolderName.Format(_highest, name);
            // Somebody who does not take the lock was faster: their number counts, ours is the next.
        }
        while (!NewFolder.TryMake(Path.Combine(_root, folder)));
        _made.Add(folder);
        if (isReusable)
            _known.Add(name, folder);
        return new TopicFolder(folder, Created: true);
    }

    // From the last to the first, and no further than what can be removed, so that this leaves no gap.
    private void TakeBack()
    {
        try
        {
            for (var index = _made.Count - 1; index >= 0; index--)
                Directory.Delete(Path.Combine(_root, _made[index]));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody uses the folder already. It stays a topic; the failure that is on its way to the caller is the one to tell.
        }
    }

    private TaskLockingException Exhausted() => new(new Refusal(RefusalCode.StoreUnavailable,
        $"The topics in '{_root}' have reached number {TopicFolderName.MaxNumber}, the last there is. Rename the folder with that number, or use another root.")
    { Path = _root });
}
