using System;
using System.IO;
using System.Linq;

namespace TaskLocking.Locking;

/// <summary>The mount that a path lies on, as far as the system tells.</summary>
/// <param name="Point">Where it is mounted.</param>
/// <param name="Type">The file system's name ("ext4", "nfs4", "NTFS").</param>
/// <param name="Options">What it was mounted with, separated by commas; null where the system does not tell.</param>
internal sealed record MountInfo(string? Point, string? Type, string? Options = null)
{
    // With these a network mount keeps its locks to itself.
    private static readonly string[] LocalLockOptions = ["nolock", "local_lock=all", "local_lock=flock", "nobrl", "localflocks"];

    // Several hosts may write; data is then flushed and closed inside the lock.
    private static readonly string[] Network = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "9p", "ceph", "glusterfs", "fuse.glusterfs", "lustre", "ocfs2", "gfs2"];

    // Their locks end at this host: two machines would not exclude each other.
    private static readonly string[] LocalLocksOnly = ["fuse.sshfs", "vboxsf", "9p", "fuse.rclone", "fuse.s3fs", "davfs", "fuse.davfs2", "virtiofs"];

    /// <summary>Whether other machines may write to the mount.</summary>
    public bool IsNetwork => IsOneOf(Network) || IsOneOf(LocalLocksOnly);

    /// <summary>Whether a lock taken here is known to be invisible to other machines.</summary>
    public bool LocksOnlyThisHost => IsOneOf(LocalLocksOnly) || LocalLockOption is not null;

    /// <summary>The option of a network mount that keeps its locks from other machines; null if it has none.</summary>
    public string? LocalLockOption => IsOneOf(Network) ? Options?.Split(',').FirstOrDefault(option => LocalLockOptions.Contains(option, StringComparer.Ordinal)) : null;

    /// <summary>Never fails: what cannot be found out is null.</summary>
    public static MountInfo Of(string path)
    {
        try
        {
            if (LibC.IsLinux)
                return OfLinux(Path.GetFullPath(path));
            var root = Path.GetPathRoot(Path.GetFullPath(path));
            var drive = new DriveInfo(LibC.IsUnix ? path : root!);
            return new MountInfo(drive.Name, drive.DriveType == DriveType.Network ? "smbfs" : drive.DriveFormat);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new MountInfo(null, null);
        }
    }

    /// <summary>"the mount /data (nfs4)".</summary>
    public override string ToString() => Point is null ? "this mount" : $"the mount {Point} ({Type})";

    private bool IsOneOf(string[] types) => Type is not null && types.Contains(Type, StringComparer.OrdinalIgnoreCase);

    private static MountInfo OfLinux(string path)
    {
        var best = new MountInfo(null, null);
        // "36 35 98:0 /root /mount/point rw,noatime master:1 - ext4 /dev/sda1 rw"; the last of equal points covers the others.
        foreach (var line in File.ReadLines("/proc/self/mountinfo"))
        {
            var dash = line.IndexOf(" - ", StringComparison.Ordinal);
            var words = line.Split(' ');
            if (dash < 0 || words.Length < 5)
                continue;
            var point = words[4].Replace("\\040", " ");
            var inside = point == "/" || path == point || path.StartsWith(point + "/", StringComparison.Ordinal);
            if (inside && point.Length >= (best.Point?.Length ?? 0))
            {
                var told = line[(dash + 3)..].Split(' ');
                best = new MountInfo(point, told[0], told.Length > 2 ? words[5] + "," + told[2] : null);
            }
        }
        return best;
    }
}
