using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>
/// A document that is a link to that of another store, as where a second working copy shares the board of the first: the store is then the
/// one beside its target, the same for every way to it. A link that leads anywhere else, or hides a store that is here, is refused by name.
/// </summary>
internal static class DocumentLink
{
    /// <summary>The folder of the store.</summary>
    /// <param name="folder">Where a workspace has it.</param>
    /// <param name="documentName">The name of the document.</param>
    /// <exception cref="TaskLockingException">UnsafeFile; UntrustedStore for that of another user.</exception>
    public static string Follow(string folder, string documentName)
    {
        var document = Path.Combine(folder, documentName);
        if (FileFacts.At(document) is not { IsLink: true })
            return folder;
        var target = TargetOf(document);
        var store = Path.GetDirectoryName(target)!;
        if (Directory.Exists(target))
            throw IoRefusal.Unsafe(document, $"is a symbolic link to the folder '{target}'");
        if (!File.Exists(target))
            throw IoRefusal.Unsafe(document, $"is a symbolic link to '{target}', which is not there");
        if (Path.GetFileName(target) != documentName || Path.GetFileName(store) != WorkspacePath.StoreFolder)
        {
            throw IoRefusal.Unsafe(document,
                $"is a symbolic link to '{target}', which is no document of a store ('{WorkspacePath.StoreFolder}/{documentName}')");
        }
        if (StoreFile.IsThere(document + ".bak") || FileFacts.At(Path.Combine(folder, "journal")) is not null)
            throw IoRefusal.Unsafe(document, $"is a symbolic link to '{target}', which would hide the tasks of the store that is here");
        WorkspaceTrust.Require(Path.GetDirectoryName(store)!, isHere: false);
        return store;
    }

    private static string TargetOf(string document)
    {
#if NET
        try
        {
            if (new FileInfo(document).ResolveLinkTarget(returnFinalTarget: true) is { } target)
                return Path.Combine(PlatformFile.ResolveLinks(Path.GetDirectoryName(target.FullName)!), target.Name);
        }
        catch (IOException)
        {
            throw IoRefusal.Unsafe(document, "is a symbolic link that leads in a circle");
        }
#endif
        // .NET Standard cannot read a link.
        throw IoRefusal.Unsafe(document, "is a symbolic link");
    }
}
