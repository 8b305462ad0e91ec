using TaskLocking.Locking;


namespace TaskLocking.SelfTest;

/// <summary>Tells whose the store is. Whoever checks another's has named it, or trusts it; that is nothing to fail for.</summary>
internal static class OwnerCheck
{
    public static string Run(string workspace) => StoreOwner.Of(workspace) switch
    {
        null => "There is no store yet, or the system does not tell whose it is.",
        { IsOurs: false } owner =>
            $"The store belongs to {owner.Name}, not to you: it is used because it was named, or trusted (tasklock trust).",
        { IsShared: true } owner => $"The store belongs to {owner.Name}; its folder may be written by a group that you are in.",
        var owner => $"The store belongs to {owner.Name}.",
    };
}
