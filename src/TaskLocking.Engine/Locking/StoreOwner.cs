using System.IO;

namespace TaskLocking.Locking;

/// <summary>Whose the store of a workspace is.</summary>
/// <param name="Store">The folder, a link that it may be included.</param>
/// <param name="Id">The owner's number: the link's, where that is another's.</param>
/// <param name="Name">"alice (user 1000)".</param>
/// <param name="IsOurs">Whether this process may use it unasked.</param>
/// <param name="IsShared">Whether it is so by the folder's group.</param>
internal sealed record StoreOwner(string Store, uint Id, string Name, bool IsOurs, bool IsShared)
{
    private const int GroupWrites = 0x10;

    /// <summary>Null where there is none, or the system does not tell.</summary>
    public static StoreOwner? Of(string workspace)
    {
        var store = Path.Combine(workspace, WorkspacePath.StoreFolder);
        if (!LibC.IsLinux || FileFacts.At(store) is not { } facts)
            return null;
        if (facts.IsLink)
        {
            // Who made the link chose the store: one of ours, where his commands would not be let in.
            if (!IsOwn(facts.Owner))
                return new StoreOwner(store, facts.Owner, UserName.Of(facts.Owner), IsOurs: false, IsShared: false);
            if (FileFacts.At(PlatformFile.ResolveLinks(store)) is not { } target)
                return null;
            facts = target;
        }
        var isShared = (facts.Rights & GroupWrites) != 0 && ProcessUser.IsIn(facts.Group);
        return new StoreOwner(store, facts.Owner, UserName.Of(facts.Owner), IsOwn(facts.Owner) || isShared, isShared);
    }

    private static bool IsOwn(uint owner) => owner == ProcessUser.Id || owner == ProcessUser.BehindSudo;
}
