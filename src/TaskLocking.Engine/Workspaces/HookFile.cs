using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>
/// The script for one kind of event, <c>.todo2/hooks/{name}</c>, as it was read at one moment: opened once, looked at and read through that
/// one descriptor. What runs later is a copy of these bytes in the user's own folder, so nobody can change it in between.
/// </summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Bytes">All of it; empty where it may not be used.</param>
/// <param name="Digest">SHA-256 in hexadecimal; null where it may not be used.</param>
/// <param name="Fault">Why it may not be used; null if it may.</param>
internal sealed record HookFile(string Path, byte[] Bytes, string? Digest, string? Fault)
{
    private const long Longest = 16 << 20;
    private const int WritableByOthers = 0x12;
    private const int OwnerRuns = 0x40;

    private static readonly string[] WindowsExtensions = [".exe", ".cmd", ".bat"];

    /// <summary>The name of the script for a kind.</summary>
    public static string NameOf(HookEventKind kind) => kind switch
    {
        HookEventKind.Failed => "failed",
        HookEventKind.Review => "review",
        HookEventKind.Stuck => "stuck",
        _ => "swarm-done",
    };

    /// <summary>Reads it; null if there is none.</summary>
    public static HookFile? Read(string workspace, HookEventKind kind)
    {
        var path = System.IO.Path.Combine(workspace, WorkspacePath.StoreFolder, "hooks", NameOf(kind));
        if (LibC.IsUnix)
            return Read(path);
        foreach (var extension in WindowsExtensions)
        {
            if (Read(path + extension) is { } found)
                return found;
        }
        return null;
    }

    /// <summary>The digest of some bytes.</summary>
    public static string DigestOf(byte[] bytes)
    {
#if NET
        var digest = SHA256.HashData(bytes);
#else
        using var sha = SHA256.Create();
        var digest = sha.ComputeHash(bytes);
#endif
        return string.Concat(digest.Select(each => each.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static HookFile? Read(string path)
    {
        try
        {
            using var file = StoreFile.TryOpen(path, FileAccess.Read);
            if (file is null)
                return null;
            if (LibC.IsLinux && FaultOf(FileFacts.Of((int)file.SafeFileHandle.DangerousGetHandle())) is { } fault)
                return new HookFile(path, [], null, fault);
            if (file.Length > Longest)
                return new HookFile(path, [], null, $"it has {file.Length} bytes; at most {Longest} are taken");
            var bytes = FileBytes.Read(file, file.SafeFileHandle, 0, (int)file.Length);
            return new HookFile(path, bytes, DigestOf(bytes), null);
        }
        catch (TaskLockingException refused)
        {
            return new HookFile(path, [], null, refused.Message.TrimEnd('.'));
        }
    }

    // Whoever can write to it decides what runs in our name; the digest would tell, but it is no hook of ours.
    private static string? FaultOf(FileFacts? facts) => facts switch
    {
        null => "the system does not tell whose it is",
        { } file when file.Owner != ProcessUser.Id => $"it belongs to {UserName.Of(file.Owner)}, not to you",
        { Names: > 1 } file => $"it has {file.Names} names (hard links)",
        { } file when (file.Rights & WritableByOthers) != 0 => "its group or others may write to it (chmod go-w)",
        { } file when (file.Rights & OwnerRuns) == 0 => "it is not executable (chmod u+x)",
        _ => null,
    };
}
