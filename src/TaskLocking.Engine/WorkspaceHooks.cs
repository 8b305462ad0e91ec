using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking;

/// <summary>
/// The scripts of a workspace that run when something happens, <c>.todo2/hooks/{event}</c>. They come with a repository, so none runs
/// before this user has trusted it: its very content, in this workspace and for this event. That is kept in his own state folder.
/// </summary>
/// <remarks>
/// What runs is a copy of the bytes that were looked at, in that folder; the file in the workspace may be changed at any moment. Who trusts
/// a script trusts what it starts, which is not looked at.
/// </remarks>
public static class WorkspaceHooks
{
    private static readonly HookEventKind[] Kinds =
        [HookEventKind.Failed, HookEventKind.Review, HookEventKind.Stuck, HookEventKind.SwarmDone];

    /// <summary>The name of an event, and of its script: <c>failed</c>, <c>review</c>, <c>stuck</c>, <c>swarm-done</c>.</summary>
    public static string NameOf(HookEventKind kind) => HookFile.NameOf(kind);

    /// <summary>The event of a name; null if there is none.</summary>
    public static HookEventKind? Parse(string name)
    {
        foreach (var kind in Kinds)
        {
            if (string.Equals(NameOf(kind), name, StringComparison.OrdinalIgnoreCase))
                return kind;
        }
        return null;
    }

    /// <summary>The scripts that a workspace has, whether they may run or not.</summary>
    /// <param name="workspace">The canonical path of its folder.</param>
    public static IReadOnlyList<HookScript> List(string workspace) =>
        FixedList<HookScript>.Of(Kinds.Select(kind => Find(workspace, kind)).OfType<HookScript>());

    /// <summary>The script for an event; null if there is none.</summary>
    /// <param name="workspace">The canonical path of its folder.</param>
    /// <param name="kind">The event.</param>
    public static HookScript? Find(string workspace, HookEventKind kind) =>
        HookFile.Read(workspace, kind) is { } file ? Of(workspace, kind, file) : null;

    /// <summary>The same, with a program that may be started where it is trusted.</summary>
    /// <exception cref="TaskLockingException">StoreUnavailable, UnsafeFile, and what the system said of the user's own folder.</exception>
    public static HookScript? Open(string workspace, HookEventKind kind)
    {
        if (HookFile.Read(workspace, kind) is not { } file)
            return null;
        var script = Of(workspace, kind, file);
        return script.IsTrusted ? script with { Program = Copy(file) } : script;
    }

    /// <summary>Trusts the script of an event as it is now, and no longer than it stays so.</summary>
    /// <exception cref="TaskLockingException">PathNotFound if there is none; UnsafeFile if it may not be used; what the system
    /// said.</exception>
    public static HookScript Trust(string workspace, HookEventKind kind)
    {
        var file = HookFile.Read(workspace, kind) ?? throw Missing(workspace, kind);
        if (file.Fault is { } fault)
            throw new TaskLockingException(new Refusal(RefusalCode.UnsafeFile, $"'{file.Path}' cannot be trusted: {fault}.")
            { Path = file.Path });
        TrustLines.Set(TrustFile(), LineOf(workspace, kind, file.Digest!), isTrusted: true,
            isReplaced: line => line.StartsWith(BeginningOf(workspace, kind), StringComparison.Ordinal));
        return Of(workspace, kind, file);
    }

    /// <summary>Takes back whatever was trusted for an event; false if nothing was.</summary>
    /// <exception cref="TaskLockingException">What the system said.</exception>
    public static bool Untrust(string workspace, HookEventKind kind) => TrustLines.Remove(TrustFile(),
        line => line.StartsWith(BeginningOf(workspace, kind), StringComparison.Ordinal));

    private static HookScript Of(string workspace, HookEventKind kind, HookFile file) => new(kind, file.Path, file.Digest,
        file.Digest is { } digest && TrustLines.Have(TrustFile(), LineOf(workspace, kind, digest)), file.Fault);

    private static string TrustFile() => Path.Combine(UserState.Folder("hooks"), "trusted");

    // Its content is its name, so whoever finds it there need not write it; what is there otherwise is replaced.
    private static string Copy(HookFile file)
    {
        var path = Path.Combine(UserState.Folder("hooks"), file.Digest + Path.GetExtension(file.Path));
        if (!IsCopy(path, file.Digest!))
            UserState.Write(path, file.Bytes, isProgram: true);
        return path;
    }

    private static bool IsCopy(string path, string digest)
    {
        const int OthersUse = 0x3f;
        using var there = StoreFile.TryOpen(path, FileAccess.Read);
        if (there is null)
            return false;
        if (LibC.IsLinux && (FileFacts.Of((int)there.SafeFileHandle.DangerousGetHandle()) is not { } facts || facts.Owner != ProcessUser.Id
            || (facts.Rights & OthersUse) != 0))
            return false;
        return HookFile.DigestOf(FileBytes.Read(there, there.SafeFileHandle, 0, (int)Math.Min(there.Length, int.MaxValue))) == digest;
    }

    private static string LineOf(string workspace, HookEventKind kind, string digest) =>
        $"{BeginningOf(workspace, kind)}\"sha256\":\"{digest}\"}}";

    private static string BeginningOf(string workspace, HookEventKind kind) =>
        $"{{\"workspace\":\"{JsonEncodedText.Encode(workspace)}\",\"event\":\"{NameOf(kind)}\",";

    private static TaskLockingException Missing(string workspace, HookEventKind kind)
    {
        var path = Path.Combine(workspace, WorkspacePath.StoreFolder, "hooks", NameOf(kind));
        return new TaskLockingException(new Refusal(RefusalCode.PathNotFound, $"There is no script '{path}'.") { Path = path });
    }
}
