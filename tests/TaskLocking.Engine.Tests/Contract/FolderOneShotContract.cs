using TaskLocking.StoreContract;

namespace TaskLocking.Tests.Contract;

/// <summary>The same of the store in a folder, by processes that end after every call.</summary>
public static class FolderOneShotContract
{
    public sealed class Visibility : VisibilityContract<OneShot<FolderPlace>>;

    public sealed class Refusals : RefusalContract<OneShot<FolderPlace>>;

    public sealed class Batches : BatchContract<OneShot<FolderPlace>>;

    public sealed class Races : RaceContract<OneShot<FolderPlace>>;

    public sealed class Claims : ClaimContract<OneShot<FolderPlace>>;

    public sealed class Failures : FailureContract<OneShot<FolderPlace>>;

    public sealed class Holds : HoldContract<OneShot<FolderPlace>>;

    public sealed class Resources : ResourceContract<OneShot<FolderPlace>>;

    public sealed class FileLeases : FileLeaseContract<OneShot<FolderPlace>>;

    public sealed class Syncs : SyncContract<OneShot<FolderPlace>>;

    public sealed class Changes : ChangeContract<OneShot<FolderPlace>>;

    public sealed class Events : EventContract<OneShot<FolderPlace>>;

    public sealed class NextTasks : NextTaskContract<OneShot<FolderPlace>>;

    public sealed class Archives : ArchiveContract<OneShot<FolderPlace>>;

    public sealed class Nightlies : NightlyContract<OneShot<FolderPlace>>;

    public sealed class Histories : HistoryContract<OneShot<FolderPlace>>;

    public sealed class Families : FamilyContract<OneShot<FolderPlace>>;

    public sealed class RequestIds : RequestIdContract<OneShot<FolderPlace>>;

    public sealed class Fleets : FleetContract<OneShot<FolderPlace>>;
}
