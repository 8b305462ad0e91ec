using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>
/// The stores of others that this user trusts: a line of JSON each, workspace and owner, in <c>tasklocking/trusted</c> where the system
/// keeps a user's settings. Written whole under a lock of its own. A file that others could have written to is refused, not believed.
/// </summary>
internal static class TrustedStores
{
    private const long Longest = 1 << 20;
    private const int WritableByOthers = 0x12;

    /// <summary>Whether a store is trusted with the owner that it has.</summary>
    /// <exception cref="TaskLockingException">UnsafeFile, and what the system said.</exception>
    public static bool Have(string workspace, StoreOwner owner) =>
        File() is { } path && Read(path).Contains(LineOf(workspace, owner), StringComparer.Ordinal);

    /// <summary>Puts a store in or takes it out; false if it was so already.</summary>
    /// <exception cref="TaskLockingException">StoreUnavailable where a user has no place for settings; UnsafeFile, LockTimeout, and what
    /// the system said.</exception>
    public static bool Set(string workspace, StoreOwner owner, bool isTrusted)
    {
        var path = File() ?? throw new TaskLockingException(RefusalCode.StoreUnavailable,
            "There is no folder for your settings, so nothing can be trusted for later. "
            + "Set HOME or XDG_CONFIG_HOME, or name the workspace each time.");
        NewFolder.Ensure(Path.GetDirectoryName(path)!);
        using var turn = ExclusiveLock.Acquire(path + ".lock");
        var lines = Read(path);
        var line = LineOf(workspace, owner);
        if (lines.Contains(line, StringComparer.Ordinal) == isTrusted)
            return false;
        if (isTrusted)
            lines.Add(line);
        else
            lines.RemoveAll(each => string.Equals(each, line, StringComparison.Ordinal));
        Write(path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(each => each + "\n"))));
        return true;
    }

    private static string? File()
    {
        var settings = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return settings.Length == 0 || !Path.IsPathRooted(settings) ? null : Path.Combine(settings, "tasklocking", "trusted");
    }

    private static List<string> Read(string path)
    {
        var lines = new List<string>();
        using var file = StoreFile.TryOpen(path, FileAccess.Read);
        if (file is null)
            return lines;
        if (LibC.IsUnix && FileFacts.Of((int)file.SafeFileHandle.DangerousGetHandle()) is { } facts &&
            ((facts.Owner != ProcessUser.Id && facts.Owner != ProcessUser.BehindSudo) || (facts.Rights & WritableByOthers) != 0))
        {
            throw IoRefusal.Unsafe(path, "is not yours, or others may write to it");
        }
        if (file.Length > Longest)
            throw IoRefusal.TooLong(path, file.Length, Longest);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }

    private static void Write(string path, byte[] bytes)
    {
        var temporary = path + "." + Path.GetRandomFileName() + ".tmp";
        try
        {
            using (var file = StoreFile.CreatePrivate(temporary))
                file.Write(bytes, 0, bytes.Length);
            FileBytes.Replace(temporary, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            FileBytes.TryDelete(temporary);
            throw IoRefusal.From(exception, path);
        }
    }

    private static string LineOf(string workspace, StoreOwner owner) =>
        $"{{\"workspace\":\"{JsonEncodedText.Encode(workspace)}\",\"owner\":{owner.Id.ToString(CultureInfo.InvariantCulture)}}}";
}
