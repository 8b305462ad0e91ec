using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.SelfTest;

/// <summary>
/// Who may read and write what. Rights that a person has chosen are never widened, so where they do not fit each other, that is named; it
/// is nothing to fail for.
/// </summary>
internal static class RightsCheck
{
    private const int GroupWrites = 0x10;
    private const int GroupUses = 0x30;

    public static string Run(StorePaths paths)
    {
        if (!LibC.IsLinux || FileFacts.At(paths.Folder) is not { IsFolder: true } folder)
            return "There is no store yet, or the system does not tell its rights.";
        var remarks = new List<string>();
        var files = StoreFolder.Files(paths.Journals, "*.jsonl").Concat(StoreFolder.Files(paths.Aside, "*"))
            .Concat(StoreFolder.Files(paths.Archive, "*")).Prepend(paths.Backup).ToList();
        if (FileFacts.At(paths.Document) is { IsPlain: true } document)
        {
            remarks.AddRange(
                from file in files
                where FileFacts.At(file) is { IsPlain: true } facts && StoreRights.Exceeds(facts.Rights, document.Rights, folder.Rights)
                select $"'{file}' may be read by more people than the document, and shows the same; chmod takes that away.");
        }
        if ((folder.Rights & GroupWrites) != 0)
        {
            remarks.AddRange(
                from file in files.Append(paths.Document).Append(paths.StateLock).Append(paths.PublishLock)
                where FileFacts.At(file) is { IsPlain: true } facts &&
                    (facts.Group != folder.Group || (facts.Rights & GroupUses) != GroupUses)
                select $"'{file}' cannot be used by the group that shares the folder; chgrp and chmod g+rw give it to the group.");
        }
        return remarks.Count == 0 ? "Nobody may read more of the store than of its document." : "Remark: " + string.Join(" ", remarks);
    }
}
