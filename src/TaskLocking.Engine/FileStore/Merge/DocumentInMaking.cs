using System;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Whether what does not parse is a document that somebody is still writing: many programs empty the file and then write it. It is not
/// broken yet, nothing is put aside, and nothing takes its place as long as they are at it.
/// </summary>
internal static class DocumentInMaking
{
    /// <summary>How long one looks again before what cannot be known counts as broken.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    // However long somebody keeps it open: nothing writes for so long without a pause.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static bool Is(StorePaths paths)
    {
        using var file = OpenFile.At(paths.Document);
        if ((file.Stamp ?? FileStamp.Of(paths.Document)) is not { } stamp)
            return false;
        var age = DateTime.UtcNow - stamp.Written;
        return file.IsOpenToWrite switch
        {
            true => age < Longest,
            false => false,
            null => age >= TimeSpan.Zero && age < Moment,
        };
    }
}
