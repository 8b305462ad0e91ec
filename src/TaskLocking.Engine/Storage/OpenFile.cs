using System;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>Keeps what a path names now open, on Unix, where that is in nobody's way; nothing if there is none.</summary>
internal sealed class OpenFile : IDisposable
{
    private int _descriptor;

    private OpenFile(int descriptor) => _descriptor = descriptor;

    public static OpenFile At(string path) => new(LibC.IsUnix ? LibCFile.Open(path, write: false) : -1);

    public void Dispose()
    {
        if (_descriptor >= 0)
            LibC.Close(_descriptor);
        _descriptor = -1;
    }
}
