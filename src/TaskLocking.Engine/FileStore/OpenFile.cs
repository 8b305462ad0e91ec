using System;
using TaskLocking.Locking;
using TaskLocking.Model;

namespace TaskLocking.FileStore;

/// <summary>
/// Keeps what a path names now open, on Unix, where that is in nobody's way; nothing if there is none. On Windows nothing is kept open, and
/// who writes is asked by the path.
/// </summary>
internal sealed class OpenFile : IDisposable
{
    private const int Piece = 1 << 16;

    private readonly string _path;
    private int _descriptor;

    private OpenFile(string path, int descriptor) => (_path, _descriptor) = (path, descriptor);

    /// <summary>The file as it is now, wherever its name has gone; null if nothing is open.</summary>
    public FileStamp? Stamp => _descriptor < 0 ? null : FileStamp.Of(_descriptor);

    /// <summary>Whether anybody has it open to write to it; null where the system does not tell.</summary>
    public bool? IsOpenToWrite => !LibC.IsUnix ? WindowsFile.IsOpenToWrite(_path)
        : _descriptor < 0 ? false : LibCFile.IsOpenToWrite(_descriptor);

    public static OpenFile At(string path) => new(path, LibC.IsUnix ? LibCFile.Open(path, write: false) : -1);

    /// <summary>All that it has; only once.</summary>
    public unsafe byte[] ReadToEnd()
    {
        var bytes = new ByteBuffer(Piece);
        for (int count; ; bytes.Advance(count))
        {
            fixed (byte* space = bytes.GetSpan(Piece))
                count = _descriptor < 0 ? 0 : LibC.Read(_descriptor, space, Piece);
            if (count <= 0)
                return bytes.ToArray();
        }
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
            LibC.Close(_descriptor);
        _descriptor = -1;
    }
}
