using System.IO;
using System.Runtime.InteropServices;

namespace TaskLocking.Locking;

/// <summary>
/// Windows: the share mode is the lock, so every try is an open. Somebody who holds the file keeps it from being replaced.
/// </summary>
internal sealed class ShareModeLockFile : LockFile
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);

    // A folder that gives no right to make files in it has no file either.
    private const int MostMissed = 8;

    private readonly string _path;
    private FileStream? _stream;
    private int _missed;

    private ShareModeLockFile(string path) => _path = path;

    public static ShareModeLockFile? TryOpen(string path, bool create) =>
        create || File.Exists(path) ? new ShareModeLockFile(path) : null;

    /// <summary>The codes that mean "somebody has it"; all others are failures.</summary>
    public static bool IsContention(int hresult) => hresult is SharingViolation or LockViolation;

    public override SafeHandle? Handle => _stream?.SafeFileHandle;

    public override bool TryLock() => TryOpen(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    public override bool TryShare() => TryOpen(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public override bool StillAtPath() => true;

    public override LockHolder FindHolder() => LockHolder.Unknown;

    // What is closed is not kept open for the next time; the answer says so.
    public override bool TryRelease()
    {
        Dispose();
        return false;
    }

    public override void Leave() => Dispose();

    public override void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private bool TryOpen(FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            _stream = new FileStream(_path, mode, access, share, bufferSize: 1);
            return true;
        }
        catch (IOException exception) when (IsContention(exception.HResult))
        {
            return false;
        }
        catch (System.UnauthorizedAccessException) when (WindowsFile.IsGoing(_path) || !StoreFile.IsThere(_path) && _missed++ < MostMissed)
        {
            // What is being deleted answers "access denied" until it is gone, and may be so just now.
            return false;
        }
        catch (System.Exception exception) when (exception is IOException or System.UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, _path);
        }
    }
}
