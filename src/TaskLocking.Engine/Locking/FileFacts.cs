using System;
using System.IO;

namespace TaskLocking.Locking;

/// <summary>
/// What stands at a name or behind a descriptor, a link being a link: what decides whether it may be used. Owner, group and number of names
/// are Linux's; elsewhere they are those of an own file with one name.
/// </summary>
internal readonly record struct FileFacts(FileStamp Stamp, uint Owner, uint Group, uint Names)
{
    private const int KindBits = 0xf000;
    private const int Folder = 0x4000;
    private const int Plain = 0x8000;
    private const int Link = 0xa000;

    /// <summary>Whether it is a file with content of its own.</summary>
    public bool IsPlain => (Stamp.Mode & KindBits) == Plain;

    public bool IsFolder => (Stamp.Mode & KindBits) == Folder;

    public bool IsLink => (Stamp.Mode & KindBits) == Link;

    /// <summary>The rights, 0 to 07777.</summary>
    public int Rights => Stamp.Mode & 0xfff;

    /// <summary>"a symbolic link", in words.</summary>
    public string Kind => (Stamp.Mode & KindBits) switch
    {
        Plain => "a file",
        Folder => "a folder",
        Link => "a symbolic link",
        0x1000 => "a FIFO",
        0xc000 => "a socket",
        _ => "a device",
    };

    /// <summary>What the name means, without following it; null if there is nothing, or it cannot be reached.</summary>
    public static unsafe FileFacts? At(string path)
    {
        if (!LibC.IsLinux)
            return Portable(path);
        var buffer = stackalloc byte[LibCStat.Size];
        return LibCStat.Fill(-1, path, buffer, follows: false) == 0 ? Read(buffer) : null;
    }

    /// <summary>What the open descriptor is.</summary>
    public static unsafe FileFacts? Of(int descriptor)
    {
        if (!LibC.IsLinux)
            return FileStamp.Of(descriptor) is { } stamp ? Own(stamp, Plain) : null;
        var buffer = stackalloc byte[LibCStat.Size];
        return LibCStat.Fill(descriptor, null, buffer) == 0 ? Read(buffer) : null;
    }

    // The kernel's struct statx: number of names at 16, owner 20, group 24.
    private static unsafe FileFacts Read(byte* buffer) =>
        new(FileStamp.Read(buffer), *(uint*)(buffer + 20), *(uint*)(buffer + 24), *(uint*)(buffer + 16));

    private static FileFacts Own(FileStamp stamp, int kind) => new(stamp with { Mode = kind }, ProcessUser.Id, ProcessUser.Group, 1);

    // A link's attributes are its own; a name that leads nowhere has them too.
    private static FileFacts? Portable(string path)
    {
        try
        {
            var attributes = File.GetAttributes(path);
            var kind = IsLinkOf(path, attributes) ? Link : attributes.HasFlag(FileAttributes.Directory) ? Folder : Plain;
            return Own(kind == Plain && FileStamp.Of(path) is { } stamp ? stamp : default, kind);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    // Windows has other things than links at such points: files that were moved to a slower disk, or into the cloud.
    private static bool IsLinkOf(string path, FileAttributes attributes) => attributes.HasFlag(FileAttributes.ReparsePoint)
#if NET
        && new FileInfo(path).LinkTarget is not null
#endif
        ;
}
