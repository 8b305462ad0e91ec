namespace TaskLocking.Locking;

/// <summary>
/// File systems of this machine alone that tell all there is to tell: which folders were changed, whose locks are whose, and a file's
/// inode, which stays the same as long as the file does. Linux; all others count as unknown.
/// </summary>
internal static class LocalFileSystem
{
    /// <summary>Whether the folder lies on one.</summary>
    public static bool Has(string folder) => LibC.IsLinux && LibC.FileSystemOf(folder) is
        0xEF53 or // ext2 to ext4
        0x58465342 or // xfs
        0x9123683E or // btrfs
        0xF2F52010 or // f2fs
        0x01021994 or // tmpfs
        0x794C7630; // overlay
}
