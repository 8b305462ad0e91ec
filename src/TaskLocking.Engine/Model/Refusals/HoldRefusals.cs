namespace TaskLocking.Model;

/// <summary>Refusals about holding tasks.</summary>
internal static class HoldRefusals
{
    public static TaskLockingException Recursion(string id) => new(new Refusal(RefusalCode.LockRecursion,
        $"The session holds task {id} already; waiting for itself would never end.")
    { TaskId = id });

    public static TaskLockingException WrongOrder(string held, string wanted) => new(new Refusal(RefusalCode.LockOrder,
        $"The session holds task {held}, and task {wanted} comes before it: two sessions that lock in different orders could wait for " +
            "each other for ever. Lock both in one call.")
    { TaskId = wanted, Ids = [held] });

    /// <summary>Whether a refusal is about the lock of one task: held, or not to be used.</summary>
    public static bool IsAboutLock(Refusal refusal) => refusal is
    {
        TaskId: not null,
        Code: RefusalCode.LockTimeout or RefusalCode.UnsafeFile or RefusalCode.AccessDenied or RefusalCode.ReadOnlyFileSystem
            or RefusalCode.StoreUnavailable,
    };
}
