using TaskLocking.StoreContract;

namespace TaskLocking.Tests.Relay;

/// <summary>Enrols a board in PostgreSQL that is used through a relay in every contract.</summary>
public static class RelayedContract
{
    public sealed class Visibility : VisibilityContract<RelayedPlace>;

    public sealed class Refusals : RefusalContract<RelayedPlace>;

    public sealed class Batches : BatchContract<RelayedPlace>;

    public sealed class Races : RaceContract<RelayedPlace>;

    public sealed class Claims : ClaimContract<RelayedPlace>;

    public sealed class Failures : FailureContract<RelayedPlace>;

    public sealed class Holds : HoldContract<RelayedPlace>;

    public sealed class Resources : ResourceContract<RelayedPlace>;

    public sealed class FileLeases : FileLeaseContract<RelayedPlace>;

    public sealed class Syncs : SyncContract<RelayedPlace>;

    public sealed class Changes : ChangeContract<RelayedPlace>;

    public sealed class Events : EventContract<RelayedPlace>;

    public sealed class NextTasks : NextTaskContract<RelayedPlace>;

    public sealed class Archives : ArchiveContract<RelayedPlace>;

    public sealed class Nightlies : NightlyContract<RelayedPlace>;

    public sealed class Histories : HistoryContract<RelayedPlace>;

    public sealed class Families : FamilyContract<RelayedPlace>;

    public sealed class RequestIds : RequestIdContract<RelayedPlace>;

    public sealed class Fleets : FleetContract<RelayedPlace>;
}
