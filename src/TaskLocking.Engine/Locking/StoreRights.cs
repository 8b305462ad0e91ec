using System;
using System.Globalization;
using System.IO;

namespace TaskLocking.Locking;

/// <summary>
/// The rights of what a store makes: those that group and others have on its folder, which is shared or is not; those of the file whose
/// place is taken; and never more than a file has that shows the same. Linux; elsewhere the system's own.
/// </summary>
/// <remarks>
/// Set through the descriptor of what was just made, so nothing else can get them; of what was there before, rights are only taken away.
/// What root makes for a user belongs to that user, and what is made in a shared folder to the folder's group, where the system allows it.
/// </remarks>
internal static class StoreRights
{
    private const int OwnersUse = 0x180; // 0600
    private const int GroupsUse = 0x30; // 0060
    private const int GroupWrites = 0x10; // 0020
    private const int Everybodys = 0x1b6; // 0666
    private const int Most = 0x1ff; // 0777
    private const int GroupOfFolder = 0x400; // 02000: what is made in it is of its group

    /// <summary>Gives a new file its rights.</summary>
    /// <param name="descriptor">The file, which nobody else has opened yet.</param>
    /// <param name="path">Its name, or the one that it will have.</param>
    /// <param name="replaces">Whether it will take the place of what has that name now.</param>
    /// <param name="bound">Names the file that shows the same; null if none does.</param>
    public static void Give(int descriptor, string path, bool replaces, string? bound)
    {
        if (FileFacts.At(Path.GetDirectoryName(path)!) is not { } folder || FileFacts.Of(descriptor) is not { } own)
            return;
        var replaced = replaces && FileFacts.At(path) is { IsPlain: true } there ? there : (FileFacts?)null;
        var rights = replaced is { } old ? old.Rights & Most : OwnersUse | (folder.Rights & Everybodys);
        if (bound is not null && FileFacts.At(bound) is { IsPlain: true } same)
            rights &= Bound(same.Rights, folder.Rights);
        var model = replaced ?? folder;
        // Where it is not that group's, its members have no more than others.
        if (Hand(descriptor, own, model) != model.Group)
            rights &= ~0x38 | (rights & 7) << 3;
        if ((own.Rights & Most) != rights)
            LibC.ChangeMode(descriptor, rights);
    }

    /// <summary>Gives a new, empty folder of a store the rights of the folder above.</summary>
    /// <param name="path">What was just made.</param>
    /// <param name="isStore">
    /// Whether the store begins with it: then the folder above is a project's, shared if its group may write to it, and no further.
    /// </param>
    public static void Share(string path, bool isStore)
    {
        if (!LibC.IsLinux || FileFacts.At(Path.GetDirectoryName(path)!) is not { } above)
            return;
        var shared = !isStore ? GroupOfFolder | 0x3f : (above.Rights & GroupWrites) != 0 ? GroupOfFolder | 0x38 : 0;
        // Root keeps the store that he begins: it is his. One who became root for a moment is still who he was.
        var isHanded = !isStore || ProcessUser.Id != ProcessUser.Root || above.Owner == ProcessUser.BehindSudo;
        if (LibCFile.Open(path, write: false) is not (var descriptor and >= 0))
            return;
        // Somebody may have put another folder there meanwhile: one of ours that has something in it is not the new one.
        if (FileFacts.Of(descriptor) is { IsFolder: true } own && own.Owner == ProcessUser.Id && IsEmpty(descriptor))
        {
            var rights = (own.Rights & ~shared) | (above.Rights & shared);
            if ((isHanded ? Hand(descriptor, own, above) : own.Group) != above.Group)
                rights = own.Rights;
            if (own.Rights != rights)
                LibC.ChangeMode(descriptor, rights);
        }
        LibC.Close(descriptor);
    }

    /// <summary>Takes from a file of ours what it has more than the one that shows the same; it may not be there.</summary>
    public static void Narrow(string path, string bound)
    {
        if (FileFacts.At(bound) is not { IsPlain: true } same || FileFacts.At(Path.GetDirectoryName(path)!) is not { } folder ||
            FileFacts.At(path) is not { } named || !Exceeds(named.Rights, same.Rights, folder.Rights))
        {
            return;
        }
        var descriptor = LibCFile.Open(path, write: false);
        if (descriptor < 0)
            return;
        if (FileFacts.Of(descriptor) is { IsPlain: true, Names: 1 } file && file.Owner == ProcessUser.Id)
            LibC.ChangeMode(descriptor, file.Rights & Bound(same.Rights, folder.Rights));
        LibC.Close(descriptor);
    }

    /// <summary>Whether a file may be read or written by more people than one that shows the same.</summary>
    /// <param name="rights">The file's.</param>
    /// <param name="bound">The other's.</param>
    /// <param name="folder">The folder's.</param>
    public static bool Exceeds(int rights, int bound, int folder) => (rights & Everybodys & ~Bound(bound, folder)) != 0;

    // A group that may write to the folder shares it on purpose. A program that replaced the document by one of 600, as many do, must not
    // shut the others out of journal and backup.
    private static int Bound(int rights, int folder) => OwnersUse | rights & Most | ((folder & GroupWrites) != 0 ? GroupsUse : 0);

    private static bool IsEmpty(int descriptor)
    {
        try
        {
            foreach (var _ in Directory.EnumerateFileSystemEntries("/proc/self/fd/" + descriptor.ToString(CultureInfo.InvariantCulture)))
                return false;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The group that the file then has.
    private static uint Hand(int descriptor, FileFacts own, FileFacts model)
    {
        if (ProcessUser.Id == ProcessUser.Root)
        {
            if ((own.Owner, own.Group) == (model.Owner, model.Group) || LibC.ChangeOwner(descriptor, model.Owner, model.Group))
                return model.Group;
        }
        else if (own.Group == model.Group || LibC.ChangeOwner(descriptor, uint.MaxValue, model.Group))
        {
            return model.Group;
        }
        return own.Group;
    }
}
