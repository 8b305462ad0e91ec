using TaskLocking.StoreContract;

namespace TaskLocking.Tests.Contract;

/// <summary>The file store's enrolment in every contract.</summary>
public static class FileStoreContract
{
    public sealed class Visibility : VisibilityContract<FileStorePlace>;

    public sealed class Refusals : RefusalContract<FileStorePlace>;

    public sealed class Batches : BatchContract<FileStorePlace>;

    public sealed class Races : RaceContract<FileStorePlace>;

    public sealed class Claims : ClaimContract<FileStorePlace>;

    public sealed class Failures : FailureContract<FileStorePlace>;

    public sealed class Holds : HoldContract<FileStorePlace>;

    public sealed class FileLeases : FileLeaseContract<FileStorePlace>;
}
