using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using TaskLocking.CrashStates.Disk;
using TaskLocking.Locking;

namespace TaskLocking.CrashStates.Checks;

/// <summary>
/// A machine that has just started, with a state on its disk. The engine knows files by what the system tells of them, which stays over a
/// crash: what is put together here is seen with inode, birth and device of what was recorded. Nothing in memory is left of those who
/// wrote it: what processes share has the names of files, and is gone with the machine, so no other one is made here.
/// </summary>
internal sealed class Machine : IDisposable
{
    private static readonly ConcurrentDictionary<(ulong Device, ulong Inode, long Created), Identity> Known = new();

    private readonly System.Collections.Generic.List<(ulong, ulong, long)> _own = [];

    /// <param name="folder">A new one, where the state is put.</param>
    /// <param name="state">What is put there.</param>
    public Machine(string folder, DiskState state)
    {
        FileStamp.Seen ??= See;
        Folder = folder;
        Directory.CreateDirectory(folder);
        state.WriteTo(folder);
        foreach (var file in state.Files.Where(file => file is { Bytes: not null, Identity: not null }))
        {
            var stamp = FileStamp.Of(Path.Combine(folder, file.Path))!.Value;
            _own.Add((stamp.Device, stamp.Inode, stamp.Created));
            Known[(stamp.Device, stamp.Inode, stamp.Created)] = file.Identity!;
        }
    }

    public string Folder { get; }

    public void Dispose()
    {
        _own.ForEach(own => Known.TryRemove(own, out _));
        Directory.Delete(Folder, recursive: true);
    }

    private static FileStamp See(FileStamp stamp) => Known.TryGetValue((stamp.Device, stamp.Inode, stamp.Created), out var identity)
        ? stamp with { Device = identity.Device, Inode = identity.Inode, Created = identity.Created }
        : stamp;
}
