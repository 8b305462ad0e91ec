using TaskLocking.StoreContract;

namespace TaskLocking.Tests.Contract;

/// <summary>The same of a board in PostgreSQL, by processes that end after every call.</summary>
public static class PostgresOneShotContract
{
    public sealed class Visibility : VisibilityContract<OneShot<PostgresPlace>>;

    public sealed class Refusals : RefusalContract<OneShot<PostgresPlace>>;

    public sealed class Batches : BatchContract<OneShot<PostgresPlace>>;

    public sealed class Races : RaceContract<OneShot<PostgresPlace>>;

    public sealed class Claims : ClaimContract<OneShot<PostgresPlace>>;

    public sealed class Failures : FailureContract<OneShot<PostgresPlace>>;

    public sealed class Holds : HoldContract<OneShot<PostgresPlace>>;

    public sealed class Resources : ResourceContract<OneShot<PostgresPlace>>;

    public sealed class FileLeases : FileLeaseContract<OneShot<PostgresPlace>>;

    public sealed class Syncs : SyncContract<OneShot<PostgresPlace>>;

    public sealed class Changes : ChangeContract<OneShot<PostgresPlace>>;

    public sealed class Events : EventContract<OneShot<PostgresPlace>>;

    public sealed class NextTasks : NextTaskContract<OneShot<PostgresPlace>>;

    public sealed class Archives : ArchiveContract<OneShot<PostgresPlace>>;

    public sealed class Nightlies : NightlyContract<OneShot<PostgresPlace>>;

    public sealed class Histories : HistoryContract<OneShot<PostgresPlace>>;

    public sealed class Families : FamilyContract<OneShot<PostgresPlace>>;

    public sealed class RequestIds : RequestIdContract<OneShot<PostgresPlace>>;

    public sealed class Fleets : FleetContract<OneShot<PostgresPlace>>;
}
