using TaskLocking.StoreContract;

namespace TaskLocking.Tests.Contract;

/// <summary>The same of the store on a share, by processes that end after every call.</summary>
public static class ShareOneShotContract
{
    public sealed class Visibility : VisibilityContract<OneShot<SharePlace>>;

    public sealed class Refusals : RefusalContract<OneShot<SharePlace>>;

    public sealed class Batches : BatchContract<OneShot<SharePlace>>;

    public sealed class Races : RaceContract<OneShot<SharePlace>>;

    public sealed class Claims : ClaimContract<OneShot<SharePlace>>;

    public sealed class Failures : FailureContract<OneShot<SharePlace>>;

    public sealed class Holds : HoldContract<OneShot<SharePlace>>;

    public sealed class Resources : ResourceContract<OneShot<SharePlace>>;

    public sealed class FileLeases : FileLeaseContract<OneShot<SharePlace>>;

    public sealed class Syncs : SyncContract<OneShot<SharePlace>>;

    public sealed class Changes : ChangeContract<OneShot<SharePlace>>;

    public sealed class Events : EventContract<OneShot<SharePlace>>;

    public sealed class NextTasks : NextTaskContract<OneShot<SharePlace>>;

    public sealed class Archives : ArchiveContract<OneShot<SharePlace>>;

    public sealed class Nightlies : NightlyContract<OneShot<SharePlace>>;

    public sealed class Histories : HistoryContract<OneShot<SharePlace>>;

    public sealed class Families : FamilyContract<OneShot<SharePlace>>;

    public sealed class RequestIds : RequestIdContract<OneShot<SharePlace>>;

    public sealed class Fleets : FleetContract<OneShot<SharePlace>>;
}
