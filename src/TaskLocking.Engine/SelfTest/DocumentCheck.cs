using System;
using System.IO;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.SelfTest;

/// <summary>The document must be replaceable by a rename, on its very name: a copy of it takes its place.</summary>
internal static class DocumentCheck
{
    public static string Run(StorePaths paths)
    {
        if (FileStamp.Of(paths.Document) is null)
            return "There is no document yet; the first change writes it.";
        // Where no store has begun, nobody publishes.
        var hasStore = StoreFolder.IsThere(paths.Journals);
        using var turn = hasStore ? ExclusiveLock.Acquire(paths.PublishLock, Checkpointer.Waiting) : null;
        using var state = hasStore ? ExclusiveLock.Acquire(paths.StateLock, Checkpointer.Waiting) : null;
        if (FileStamp.Of(paths.Document) is not { } before || FileBytes.TryReadAll(paths.Document) is not { } bytes)
            return "There is no document any more; the next change writes it.";
        var (version, isLess) = (PublishedStamp.VersionOf(paths, before), PublishedStamp.ShownBy(paths, before) < 0);
        var place = new DocumentPlace(paths);
        var temporary = place.Prepare(bytes);
        try
        {
            if (temporary is not null)
                File.SetLastWriteTimeUtc(temporary, before.Written);
            var obstacle = place.Replace(temporary);
            if (obstacle != DocumentObstacle.None)
                throw Refuse(place, obstacle, paths);
            if (version is { } shown)
                new PublishedStamp(shown, FileStamp.Of(paths.Document)!.Value) { IsLess = isLess }.Write(paths);
            return "The document was replaced by a copy of itself.";
        }
        finally
        {
            if (temporary is not null)
                FileBytes.TryDelete(temporary);
        }
    }

    private static TaskLockingException Refuse(DocumentPlace place, DocumentObstacle obstacle, StorePaths paths)
    {
        var sentence = place.CanWriteInto(obstacle)
            ? $"'{paths.Document}' cannot be replaced, so it is written in place, and who reads it in that moment sees half of it. "
                + "It is mounted by itself, or the right to its folder is missing: mount the folder, or give the right."
            : place.Sentence(obstacle);
        return new TaskLockingException(new Refusal(RefusalCode.DocumentNotPublished, sentence) { Path = paths.Document });
    }
}
