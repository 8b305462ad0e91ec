using System.IO;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking;

/// <summary>
/// Whose store may be used without having been named. Whoever owns one decides what a command reads and where it writes, and anybody can
/// make one in a folder above ours; so a store that is only found must be ours, be shared by its folder's group with us in it, or have been
/// trusted once. Linux; elsewhere every store counts as ours.
/// </summary>
public static class WorkspaceTrust
{
    /// <summary>Trusts the store of a workspace as long as it has the owner that it has now; for this user alone.</summary>
    /// <param name="path">The full path of the folder that has the store, or of the store itself.</param>
    /// <exception cref="TaskLockingException">PathNotFound if there is no store; what the system said about the file where it is
    /// kept.</exception>
    public static TrustedWorkspace Trust(string path) => Set(path, isTrusted: true);

    /// <summary>Takes that back.</summary>
    /// <inheritdoc cref="Trust"/>
    public static TrustedWorkspace Distrust(string path) => Set(path, isTrusted: false);

    /// <summary>Refuses the store of a workspace that was found, not named.</summary>
    /// <param name="workspace">The canonical path of its folder.</param>
    /// <param name="isHere">Whether that is the current folder, and not one above it.</param>
    /// <exception cref="TaskLockingException">UntrustedStore.</exception>
    internal static void Require(string workspace, bool isHere)
    {
        if (StoreOwner.Of(workspace) is not { IsOurs: false } owner || TrustedStores.Have(workspace, owner) ||
            (isHere && IsVisitedByRoot(workspace, owner)))
            return;
        throw new TaskLockingException(new Refusal(RefusalCode.UntrustedStore,
            $"The store '{owner.Store}' belongs to {owner.Name}, not to you, so it is not used: " +
            "its owner decides what your commands read there, and where they write. " +
            $"If you mean it, name it (--workspace, -Workspace or {WorkspacePath.Variable}), or trust it once: " +
            $"tasklock trust '{workspace}' (Approve-TaskWorkspace in PowerShell).")
        { Path = owner.Store });
    }

    // Root went into a user's own folder on purpose, as in a container or to help; by sudo he still is who he was. A folder that several
    // may write to belongs to none of those who put a store there.
    private static bool IsVisitedByRoot(string workspace, StoreOwner owner) =>
        ProcessUser.Id == ProcessUser.Root && ProcessUser.BehindSudo is null && FileFacts.At(workspace)?.Owner == owner.Id;

    private static TrustedWorkspace Set(string path, bool isTrusted)
    {
        // A refusal names the store, and that may be what is copied from it.
        var named = path.TrimEnd(Path.DirectorySeparatorChar);
        var folder = Path.GetFileName(named) == WorkspacePath.StoreFolder ? Path.GetDirectoryName(named)! : path;
        var workspace = WorkspacePath.Canonical(folder);
        var store = Path.Combine(workspace, WorkspacePath.StoreFolder);
        if (!Directory.Exists(store))
        {
            throw new TaskLockingException(new Refusal(RefusalCode.PathNotFound,
                $"There is no store in '{workspace}'. Name the folder that has '{WorkspacePath.StoreFolder}'.")
            { Path = store });
        }
        var owner = StoreOwner.Of(workspace);
        var isChanged = owner is not null && TrustedStores.Set(workspace, owner, isTrusted);
        return new TrustedWorkspace(workspace, owner?.Name, owner?.IsOurs != false, isTrusted, isChanged);
    }
}
