using System;
using System.IO;
using System.Linq;

namespace TaskLocking.Locking;

/// <summary>The mount that a path lies on, as far as the system tells; <see cref="MountTable"/> finds it.</summary>
/// <param name="Point">Where it is mounted.</param>
/// <param name="Type">The file system's name ("ext4", "nfs4", "NTFS").</param>
/// <param name="Options">What it was mounted with, separated by commas; null where the system does not tell.</param>
internal sealed record MountInfo(string? Point, string? Type, string? Options = null)
{
    // One kernel alone writes to them. What is not here may have a server behind it or another machine beside it, be it of a type that
    // nobody has heard of yet: any FUSE, 9p, virtiofs, what a virtual machine shares with its host. An overlay's upper folder is its own.
    private static readonly string[] Local =
    [
        "ext2", "ext3", "ext4", "xfs", "btrfs", "bcachefs", "f2fs", "zfs", "jfs", "nilfs2", "reiserfs", "ubifs", "jffs2",
        "overlay", "tmpfs", "ramfs", "rootfs", "devtmpfs", "vfat", "exfat", "msdos", "ntfs", "ntfs3", "hfs", "hfsplus", "udf", "iso9660",
            "squashfs", "erofs",
        "apfs", "ufs", "fat32", "fat", "refs",
    ];

    // With these a network mount keeps its locks to itself.
    private static readonly string[] LocalLockOptions = ["nolock", "local_lock=all", "local_lock=flock", "nobrl", "localflocks"];

    private static readonly string[] Network =
        ["nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "9p", "ceph", "glusterfs", "fuse.glusterfs", "lustre", "ocfs2", "gfs2"];

    // Their locks end at this host: two machines would not exclude each other.
    private static readonly string[] LocalLocksOnly =
        ["fuse.sshfs", "vboxsf", "9p", "drvfs", "fuse.rclone", "fuse.s3fs", "davfs", "fuse.davfs2", "virtiofs"];

    /// <summary>Whether other machines may write there, for all that is known: data is then flushed and closed inside the lock.</summary>
    public bool IsShare => !IsOneOf(Local);

    /// <summary>Whether the type is known to be a network's.</summary>
    public bool IsNetwork => IsOneOf(Network) || IsOneOf(LocalLocksOnly);

    /// <summary>Whether a lock taken here is known to be invisible to other machines.</summary>
    public bool LocksOnlyThisHost => IsOneOf(LocalLocksOnly) || LocalLockOption is not null;

    /// <summary>The option of a network mount that keeps its locks from other machines; null if it has none.</summary>
    public string? LocalLockOption => !IsOneOf(Network) ? null : Options?.Split(',')
        .FirstOrDefault(option => LocalLockOptions.Contains(option, StringComparer.Ordinal));

    /// <summary>Never fails: what cannot be found out is null.</summary>
    public static MountInfo Of(string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            if (LibC.IsLinux)
                return MountTable.Find(full);
            var drive = new DriveInfo(LibC.IsUnix ? full : Path.GetPathRoot(full)!);
            var isHere = drive.DriveType is DriveType.Fixed or DriveType.Removable or DriveType.Ram or DriveType.CDRom;
            return new MountInfo(drive.Name, isHere ? drive.DriveFormat : drive.DriveType == DriveType.Network ? "smbfs" : null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new MountInfo(null, null);
        }
    }

    /// <summary>"the mount /data (nfs4)".</summary>
    public override string ToString() => Point is null ? "this mount" : $"the mount {Point} ({Type})";

    private bool IsOneOf(string[] types) => Type is not null && types.Contains(Type, StringComparer.OrdinalIgnoreCase);
}
