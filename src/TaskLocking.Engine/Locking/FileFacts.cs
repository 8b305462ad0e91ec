using System;
using System.IO;

namespace TaskLocking.Locking;

/// <summary>
/// What stands at a name or behind a descriptor, a link being a link: what decides whether it may be used. Owner and group are
/// Linux's, and the number of names is Linux's and Windows'; elsewhere they are those of an own file with one name.
/// </summary>
internal readonly record struct FileFacts(FileStamp Stamp, uint Owner, uint Group, uint Names)
{
    private const int KindBits = 0xf000;
    private const int Folder = 0x4000;
    private const int Plain = 0x8000;
    private const int Link = 0xa000;

    /// <summary>Whether it is a file with content of its own.</summary>
    public bool IsPlain => IsOfPlain(Stamp);

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

    /// <summary>The same of a stamp, of Linux alone.</summary>
    public static bool IsOfPlain(FileStamp stamp) => (stamp.Mode & KindBits) == Plain;

    /// <summary>What the name means, without following it; null if there is nothing, or it cannot be reached.</summary>
    public static unsafe FileFacts? At(string path)
    {
        if (!LibC.IsLinux)
            return LibC.IsUnix ? Portable(path) : OfWindows(path);
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

    private static FileFacts? OfWindows(string path) => WindowsFile.Of(path, follows: false) is { } file
        ? Own(file.IsFile ? file.Stamp : default, file.IsLink ? Link : file.IsFolder ? Folder : Plain) with { Names = file.Names }
        : null;

    // A link's attributes are its own; a name that leads nowhere has them too.
    private static FileFacts? Portable(string path)
    {
        try
        {
            var attributes = File.GetAttributes(path);
            var kind = attributes.HasFlag(FileAttributes.ReparsePoint) ? Link
                : attributes.HasFlag(FileAttributes.Directory) ? Folder : Plain;
            return Own(kind == Plain && FileStamp.Of(path) is { } stamp ? stamp : default, kind);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }
}
