using TaskLocking.StoreContract;

namespace TaskLocking.Tests.Contract;

/// <summary>The same of a store without files, by processes that end after every call.</summary>
public static class MemoryOneShotContract
{
    public sealed class Visibility : VisibilityContract<OneShot<MemoryPlace>>;

    public sealed class Refusals : RefusalContract<OneShot<MemoryPlace>>;

    public sealed class Batches : BatchContract<OneShot<MemoryPlace>>;

    public sealed class Races : RaceContract<OneShot<MemoryPlace>>;

    public sealed class Claims : ClaimContract<OneShot<MemoryPlace>>;

    public sealed class Failures : FailureContract<OneShot<MemoryPlace>>;

    public sealed class Holds : HoldContract<OneShot<MemoryPlace>>;

    public sealed class Resources : ResourceContract<OneShot<MemoryPlace>>;

    public sealed class FileLeases : FileLeaseContract<OneShot<MemoryPlace>>;

    public sealed class Syncs : SyncContract<OneShot<MemoryPlace>>;

    public sealed class Changes : ChangeContract<OneShot<MemoryPlace>>;

    public sealed class Events : EventContract<OneShot<MemoryPlace>>;

    public sealed class NextTasks : NextTaskContract<OneShot<MemoryPlace>>;

    public sealed class Archives : ArchiveContract<OneShot<MemoryPlace>>;

    public sealed class Nightlies : NightlyContract<OneShot<MemoryPlace>>;

    public sealed class Histories : HistoryContract<OneShot<MemoryPlace>>;

    public sealed class Families : FamilyContract<OneShot<MemoryPlace>>;

    public sealed class RequestIds : RequestIdContract<OneShot<MemoryPlace>>;

    public sealed class Fleets : FleetContract<OneShot<MemoryPlace>>;
}
