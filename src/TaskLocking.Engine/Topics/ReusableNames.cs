using System;
using System.Collections.Generic;

namespace TaskLocking.Topics;

/// <summary>The folders of cleaned names, as a reuse finds them: of several of one name the first that was added stands for it.</summary>
internal sealed class ReusableNames
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>A folder that takes a number.</summary>
    public void Add(string folder)
    {
        if (CleanName(folder) is { } name && !_folders.ContainsKey(name))
            _folders.Add(name, folder);
    }

    /// <summary>The same of one that was made under a name.</summary>
    public void Add(string name, string folder) => _folders[name] = folder;

    /// <summary>The folder of a cleaned name; null if there is none.</summary>
    public string? Find(string name) => _folders.TryGetValue(name, out var folder) ? folder : null;

    /// <summary>The cleaned name of a folder; null if letters were lost in it: it may be another.</summary>
    public static string? CleanName(string folder) =>
        TopicName.CleanOrEmpty(folder[TopicFolderName.NameStart(folder)..], out var isWhole) is { Length: > 0 } name
            && isWhole ? name : null;
}
