using TaskLocking.StoreContract;

namespace TaskLocking.Tests.Contract;

/// <summary>Enrols a board in PostgreSQL in every contract.</summary>
public static class PostgresContract
{
    public sealed class Visibility : VisibilityContract<PostgresPlace>;

    public sealed class Refusals : RefusalContract<PostgresPlace>;

    public sealed class Batches : BatchContract<PostgresPlace>;

    public sealed class Races : RaceContract<PostgresPlace>;

    public sealed class Claims : ClaimContract<PostgresPlace>;

    public sealed class Failures : FailureContract<PostgresPlace>;

    public sealed class Holds : HoldContract<PostgresPlace>;

    public sealed class Resources : ResourceContract<PostgresPlace>;

    public sealed class FileLeases : FileLeaseContract<PostgresPlace>;

    public sealed class Syncs : SyncContract<PostgresPlace>;

    public sealed class Changes : ChangeContract<PostgresPlace>;

    public sealed class Events : EventContract<PostgresPlace>;

    public sealed class NextTasks : NextTaskContract<PostgresPlace>;

    public sealed class Archives : ArchiveContract<PostgresPlace>;

    public sealed class Nightlies : NightlyContract<PostgresPlace>;

    public sealed class Histories : HistoryContract<PostgresPlace>;

    public sealed class Families : FamilyContract<PostgresPlace>;

    public sealed class RequestIds : RequestIdContract<PostgresPlace>;

    public sealed class Fleets : FleetContract<PostgresPlace>;
}
