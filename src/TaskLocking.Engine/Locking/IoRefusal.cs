using System;
using System.IO;

namespace TaskLocking.Locking;

/// <summary>What the system said, as a refusal by its own name: the one place that reads error numbers.</summary>
internal static class IoRefusal
{
    /// <summary>From an exception of the base class library; a refusal stays what it is.</summary>
    public static TaskLockingException From(Exception exception, string path)
    {
        if (exception is TaskLockingException refusal)
            return refusal;
        var code = exception switch
        {
            DirectoryNotFoundException or FileNotFoundException or DriveNotFoundException => RefusalCode.PathNotFound,
            UnauthorizedAccessException { InnerException: IOException { HResult: ErrnoReadOnly } } => RefusalCode.ReadOnlyFileSystem,
            UnauthorizedAccessException => RefusalCode.AccessDenied,
            PathTooLongException => RefusalCode.InvalidArgument,
            IOException io => CodeOf(io.HResult),
            _ => RefusalCode.StoreUnavailable,
        };
        return Make(code, path, exception.Message, exception);
    }

    /// <summary>From an errno of Unix.</summary>
    public static TaskLockingException From(int errno, string path) => Make(CodeOf(errno), path, "system error " + errno, null);

    /// <summary>Something else stands where a file or folder of the store should be, or the file is not ours alone.</summary>
    /// <param name="path">Where.</param>
    /// <param name="finding">What was seen, after the path: "is a FIFO and not a file".</param>
    public static TaskLockingException Unsafe(string path, string finding) => new(new Refusal(RefusalCode.UnsafeFile,
        $"'{path}' {finding}, so it is not used, and nothing was done with it. " +
        "Look who put it there, then take it away or put the store's own back.")
    { Path = path });

    /// <summary>A file that is longer than any of its kind, be it full of zeros that take no room.</summary>
    public static TaskLockingException TooLong(string path, long length, long longest) => new(new Refusal(RefusalCode.StoreUnavailable,
        $"'{path}' has {length:N0} bytes; {longest:N0} are the most that are read of such a file. Put a whole copy of it back.")
    { Path = path });

    /// <summary>A file has bytes, and a read of them gives none.</summary>
    public static TaskLockingException Unreadable(string path, long place) => new(new Refusal(RefusalCode.StoreUnavailable,
        $"'{path}' cannot be used: it goes on at byte {place}, and nothing is read there. Check the disk, or put a whole copy of it back.")
    { Path = path });

    /// <summary>What was opened was never what the path then named.</summary>
    public static TaskLockingException Changing(string path) => new(new Refusal(RefusalCode.StoreUnavailable,
        $"'{path}' names another file whenever it is looked at, or cannot be looked at: nobody can be kept out by it. " +
        "See what takes it away, and whether this process may ask for the facts of a file.")
    { Path = path });

    /// <summary>Two handles would not exclude each other here.</summary>
    public static TaskLockingException NoLocks(string path, string reason) => new(new Refusal(RefusalCode.LockingUnsupported,
        $"Files cannot be locked on {MountInfo.Of(path)}: {reason}. Put the workspace on a file system with working locks and try " +
            "'tasklock check' there.")
    { Path = path });

    private const int ErrnoReadOnly = 30;

    // Windows: ERROR_WRITE_PROTECT, ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL, ERROR_PATH_NOT_FOUND, ERROR_ALREADY_EXISTS.
    // Unix: the errno itself.
    private static RefusalCode CodeOf(int code) => code switch
    {
        unchecked((int)0x80070013) => RefusalCode.ReadOnlyFileSystem,
        unchecked((int)0x80070070) or unchecked((int)0x80070027) => RefusalCode.DiskFull,
        unchecked((int)0x80070003) or unchecked((int)0x800700B7) => RefusalCode.PathNotFound,
        1 or 13 => RefusalCode.AccessDenied,
        2 or 17 or 20 => RefusalCode.PathNotFound, // 17: a file stands where a folder should be
        28 => RefusalCode.DiskFull,
        ErrnoReadOnly => RefusalCode.ReadOnlyFileSystem,
        122 when LibC.IsLinux => RefusalCode.DiskFull, // EDQUOT
        69 when !LibC.IsLinux => RefusalCode.DiskFull,
        36 when LibC.IsLinux => RefusalCode.InvalidArgument, // ENAMETOOLONG
        63 when !LibC.IsLinux => RefusalCode.InvalidArgument,
        _ => RefusalCode.StoreUnavailable,
    };

    private static TaskLockingException Make(RefusalCode code, string path, string told, Exception? inner) =>
        new(new Refusal(code, code switch
        {
            RefusalCode.DiskFull => $"The disk or the quota is full at '{path}'. Free some space and try again.",
            RefusalCode.AccessDenied => $"The right to use '{path}' is missing. Check the owner and the rights of the file and its folder.",
            RefusalCode.ReadOnlyFileSystem => $"'{path}' is on a file system that is mounted for reading only.",
            RefusalCode.PathNotFound => $"The path '{path}' does not exist, or a part of it is not a folder.",
            RefusalCode.InvalidArgument => $"The path '{path}' is too long for the file system.",
            _ => $"'{path}' cannot be used: {told}",
        })
        { Path = path }, inner);
}
