using TaskLocking.StoreContract;

namespace TaskLocking.Tests.Contract;

/// <summary>Enrols a store without files in every contract.</summary>
public static class MemoryContract
{
    public sealed class Visibility : VisibilityContract<MemoryPlace>;

    public sealed class Refusals : RefusalContract<MemoryPlace>;

    public sealed class Batches : BatchContract<MemoryPlace>;

    public sealed class Races : RaceContract<MemoryPlace>;

    public sealed class Claims : ClaimContract<MemoryPlace>;

    public sealed class Failures : FailureContract<MemoryPlace>;

    public sealed class Holds : HoldContract<MemoryPlace>;

    public sealed class Resources : ResourceContract<MemoryPlace>;

    public sealed class FileLeases : FileLeaseContract<MemoryPlace>;

    public sealed class Syncs : SyncContract<MemoryPlace>;

    public sealed class Changes : ChangeContract<MemoryPlace>;

    public sealed class Events : EventContract<MemoryPlace>;

    public sealed class NextTasks : NextTaskContract<MemoryPlace>;

    public sealed class Archives : ArchiveContract<MemoryPlace>;

    public sealed class Nightlies : NightlyContract<MemoryPlace>;

    public sealed class Histories : HistoryContract<MemoryPlace>;

    public sealed class Families : FamilyContract<MemoryPlace>;

    public sealed class RequestIds : RequestIdContract<MemoryPlace>;

    public sealed class Fleets : FleetContract<MemoryPlace>;
}
