using TaskLocking.StoreContract;

namespace TaskLocking.Tests.Contract;

/// <summary>Enrols the store in a folder in every contract.</summary>
public static class FolderContract
{
    public sealed class Visibility : VisibilityContract<FolderPlace>;

    public sealed class Refusals : RefusalContract<FolderPlace>;

    public sealed class Batches : BatchContract<FolderPlace>;

    public sealed class Races : RaceContract<FolderPlace>;

    public sealed class Claims : ClaimContract<FolderPlace>;

    public sealed class Failures : FailureContract<FolderPlace>;

    public sealed class Holds : HoldContract<FolderPlace>;

    public sealed class Resources : ResourceContract<FolderPlace>;

    public sealed class FileLeases : FileLeaseContract<FolderPlace>;

    public sealed class Syncs : SyncContract<FolderPlace>;

    public sealed class Changes : ChangeContract<FolderPlace>;

    public sealed class Events : EventContract<FolderPlace>;

    public sealed class NextTasks : NextTaskContract<FolderPlace>;

    public sealed class Archives : ArchiveContract<FolderPlace>;

    public sealed class Nightlies : NightlyContract<FolderPlace>;

    public sealed class Histories : HistoryContract<FolderPlace>;

    public sealed class Families : FamilyContract<FolderPlace>;

    public sealed class RequestIds : RequestIdContract<FolderPlace>;

    public sealed class Fleets : FleetContract<FolderPlace>;
}
