using System;
using System.Collections.Concurrent;
using System.IO;
using TaskLocking.CrashStates.Disk;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.CrashStates.Checks;

/// <summary>
/// A machine that has just started, with a state on its disk. The engine knows files by what the system tells of them, which stays over a
/// crash: what is put together here is seen with inode, birth and device of what was recorded. Nothing in memory is left of those who
/// wrote it: what processes share has the names of files, and is gone with the machine, so no other one is made here.
/// </summary>
internal sealed class Machine : IDisposable
{
    private static readonly ConcurrentDictionary<(ulong Device, ulong Inode), Identity> Known = new();

    private readonly System.Collections.Generic.List<(ulong, ulong)> _own = [];

    /// <param name="folder">A new one, where the state is put.</param>
    /// <param name="state">What is put there.</param>
    public Machine(string folder, DiskState state)
    {
        Failpoint.Seen ??= See;
        Folder = folder;
        Directory.CreateDirectory(folder);
        foreach (var file in state.Files)
        {
            var path = Path.Combine(folder, file.Path);
            if (file.Bytes is not { } bytes)
            {
                Directory.CreateDirectory(path);
                continue;
            }
            File.WriteAllBytes(path, bytes);
            if (file.Identity is not { } identity)
                continue;
            if (file.KeepsTime)
                File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddTicks(identity.Modified));
            var stamp = FileStamp.Of(path)!.Value;
            _own.Add((stamp.Device, stamp.Inode));
            Known[(stamp.Device, stamp.Inode)] = identity;
        }
    }

    public string Folder { get; }

    public void Dispose()
    {
        _own.ForEach(own => Known.TryRemove(own, out _));
        Directory.Delete(Folder, recursive: true);
    }

    private static FileStamp See(FileStamp stamp) => Known.TryGetValue((stamp.Device, stamp.Inode), out var identity)
        ? stamp with { Device = identity.Device, Inode = identity.Inode, Created = identity.Created }
        : stamp;
}
