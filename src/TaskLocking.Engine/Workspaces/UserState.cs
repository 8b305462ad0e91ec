using System;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>
/// Where programs of this user keep what lasts and is nobody else's: <c>tasklocking</c> in <c>XDG_STATE_HOME</c>, else in
/// <c>~/.local/state</c>; on Windows in the local application data. Nobody else may write there.
/// </summary>
internal static class UserState
{
    /// <summary>A folder there; it is made where it is missing.</summary>
    /// <exception cref="TaskLockingException">StoreUnavailable where a user has no such place; UnsafeFile where others may write to it, and
    /// what the system said.</exception>
    public static string Folder(string name)
    {
        var folder = PlaceOf(name) ?? throw new TaskLockingException(RefusalCode.StoreUnavailable,
            "There is no folder for what is yours alone. Set HOME or XDG_STATE_HOME.");
        Keep(folder);
        return folder;
    }

    /// <summary>Where that folder is, or would be; null where a user has no such place.</summary>
    public static string? PlaceOf(string name) => Root() is { } root ? Path.Combine(root, "tasklocking", name) : null;

    /// <summary>Sees to it that a folder is there, this user's, and nobody else's to use.</summary>
    /// <exception cref="TaskLockingException">UnsafeFile where it is another's, and what the system said.</exception>
    public static void Keep(string folder)
    {
        NewFolder.Ensure(folder);
        if (LibC.IsLinux)
            KeepOwn(folder);
    }

    /// <summary>Puts a file of the user's own in its place, whole, for its owner alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">What is in it.</param>
    /// <param name="isProgram">Whether its owner may run it.</param>
    public static void Write(string path, byte[] bytes, bool isProgram = false)
    {
        const int OwnerRuns = 0x1c0; // 0700
        var temporary = path + "." + Path.GetRandomFileName() + ".tmp";
        try
        {
            using (var file = StoreFile.CreatePrivate(temporary))
            {
                file.Write(bytes, 0, bytes.Length);
                if (isProgram && LibC.IsUnix)
                    LibC.ChangeMode((int)file.SafeFileHandle.DangerousGetHandle(), OwnerRuns);
            }
            FileBytes.Replace(temporary, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            FileBytes.TryDelete(temporary);
            throw IoRefusal.From(exception, path);
        }
    }

    private static void KeepOwn(string folder)
    {
        const int OthersUse = 0x3f;
        const int OwnersUse = 0x1c0; // 0700
        if (LibCFile.Open(folder, write: false) is not (var descriptor and >= 0))
            throw IoRefusal.Unsafe(folder, "cannot be opened as a folder of yours");
        var open = UnixDescriptor.Of(descriptor);
        try
        {
            if (FileFacts.Of(descriptor) is not { IsFolder: true } facts || facts.Owner != ProcessUser.Id)
                throw IoRefusal.Unsafe(folder, "is no folder of yours");
            if ((facts.Rights & OthersUse) != 0)
                LibC.ChangeMode(descriptor, OwnersUse);
        }
        finally
        {
            open.Close();
        }
    }

    private static string? Root()
    {
        if (!LibC.IsUnix)
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } local ? local : null;
        if (Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state && Path.IsPathRooted(state))
            return state;
        return Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home && Path.IsPathRooted(home)
            ? Path.Combine(home, ".local", "state") : null;
    }
}
