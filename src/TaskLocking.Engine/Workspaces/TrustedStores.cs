using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>
/// The stores of others that this user trusts: a line of JSON each, workspace and owner, in <c>tasklocking/trusted</c> where the system
/// keeps a user's settings.
/// </summary>
internal static class TrustedStores
{
    /// <summary>Whether a store is trusted with the owner that it has.</summary>
    /// <exception cref="TaskLockingException">UnsafeFile, and what the system said.</exception>
    public static bool Have(string workspace, StoreOwner owner) =>
        File() is { } path && TrustLines.Have(path, LineOf(workspace, owner));

    /// <summary>Puts a store in or takes it out; false if it was so already.</summary>
    /// <exception cref="TaskLockingException">StoreUnavailable where a user has no place for settings; UnsafeFile, LockTimeout, and what
    /// the system said.</exception>
    public static bool Set(string workspace, StoreOwner owner, bool isTrusted)
    {
        var path = File() ?? throw new TaskLockingException(RefusalCode.StoreUnavailable,
            "There is no folder for your settings, so nothing can be trusted for later. "
            + "Set HOME or XDG_CONFIG_HOME, or name the workspace each time.");
        NewFolder.Ensure(Path.GetDirectoryName(path)!);
        return TrustLines.Set(path, LineOf(workspace, owner), isTrusted);
    }

    private static string? File()
    {
        var settings = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return settings.Length == 0 || !Path.IsPathRooted(settings) ? null : Path.Combine(settings, "tasklocking", "trusted");
    }

    private static string LineOf(string workspace, StoreOwner owner) =>
        $"{{\"workspace\":\"{JsonEncodedText.Encode(workspace)}\",\"owner\":{owner.Id.ToString(CultureInfo.InvariantCulture)}}}";
}
