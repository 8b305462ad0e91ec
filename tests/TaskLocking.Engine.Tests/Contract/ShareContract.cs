using TaskLocking.StoreContract;

namespace TaskLocking.Tests.Contract;

/// <summary>Enrols the store on a share in every contract.</summary>
public static class ShareContract
{
    public sealed class Visibility : VisibilityContract<SharePlace>;

    public sealed class Refusals : RefusalContract<SharePlace>;

    public sealed class Batches : BatchContract<SharePlace>;

    public sealed class Races : RaceContract<SharePlace>;

    public sealed class Claims : ClaimContract<SharePlace>;

    public sealed class Failures : FailureContract<SharePlace>;

    public sealed class Holds : HoldContract<SharePlace>;

    public sealed class Resources : ResourceContract<SharePlace>;

    public sealed class FileLeases : FileLeaseContract<SharePlace>;

    public sealed class Syncs : SyncContract<SharePlace>;

    public sealed class Changes : ChangeContract<SharePlace>;

    public sealed class Events : EventContract<SharePlace>;

    public sealed class NextTasks : NextTaskContract<SharePlace>;

    public sealed class Archives : ArchiveContract<SharePlace>;

    public sealed class Nightlies : NightlyContract<SharePlace>;

    public sealed class Histories : HistoryContract<SharePlace>;

    public sealed class Families : FamilyContract<SharePlace>;

    public sealed class RequestIds : RequestIdContract<SharePlace>;

    public sealed class Fleets : FleetContract<SharePlace>;
}
