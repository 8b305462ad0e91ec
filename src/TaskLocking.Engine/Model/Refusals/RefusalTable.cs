namespace TaskLocking;

/// <summary>
/// The one table from a refusal's code to the exit code of <c>tasklock</c> and the category of PowerShell's error record.
/// </summary>
public static class RefusalTable
{
    /// <summary>The process exit code, 2 to 11; 0 is success and 1 an unexpected fault.</summary>
    public static int ExitCode(RefusalCode code) => Row(code).Exit;

    /// <summary>The name of the member of PowerShell's <c>ErrorCategory</c>.</summary>
    public static string Category(RefusalCode code) => Row(code).Category;

    private static (int Exit, string Category) Row(RefusalCode code) => code switch
    {
        RefusalCode.InvalidArgument => (2, "InvalidArgument"),
        RefusalCode.TaskAlreadyDefined => (3, "ResourceExists"),
        RefusalCode.TaskAlreadyAssigned => (3, "ResourceExists"),
        RefusalCode.BatchRefused => (3, "ResourceExists"),
        RefusalCode.RequestIdReused => (3, "ResourceExists"),
        RefusalCode.TaskNotFound => (4, "ObjectNotFound"),
        RefusalCode.FileLocked => (3, "ResourceBusy"),
        RefusalCode.AgentNotFound => (4, "ObjectNotFound"),
        RefusalCode.TopicNotFound => (4, "ObjectNotFound"),
        RefusalCode.LockTimeout => (5, "OperationTimeout"),
        RefusalCode.WaitTimeout => (5, "OperationTimeout"),
        RefusalCode.LockRecursion => (6, "InvalidOperation"),
        RefusalCode.LockOrder => (6, "InvalidOperation"),
        RefusalCode.TaskNotReady => (6, "InvalidOperation"),
        RefusalCode.DependencyFailed => (6, "InvalidOperation"),
        RefusalCode.DependencyCycle => (6, "InvalidOperation"),
        RefusalCode.TaskHasDependents => (6, "InvalidOperation"),
        RefusalCode.AgentHasTasks => (6, "InvalidOperation"),
        RefusalCode.StatusConflict => (6, "InvalidOperation"),
        RefusalCode.NotOwner => (7, "PermissionDenied"),
        RefusalCode.NotPermitted => (7, "PermissionDenied"),
        RefusalCode.UntrustedStore => (7, "PermissionDenied"),
        RefusalCode.LeaseLost => (8, "ResourceUnavailable"),
        RefusalCode.VersionChanged => (8, "ResourceUnavailable"),
        RefusalCode.EventsLost => (8, "ResourceUnavailable"),
        RefusalCode.StateCorrupt => (9, "InvalidData"),
        RefusalCode.LockingUnsupported => (10, "DeviceError"),
        RefusalCode.StoreUnavailable => (10, "ConnectionError"),
        RefusalCode.DocumentNotPublished => (10, "WriteError"),
        RefusalCode.DiskFull => (10, "DeviceError"),
        RefusalCode.AccessDenied => (10, "PermissionDenied"),
        RefusalCode.UnsafeFile => (10, "SecurityError"),
        RefusalCode.SeparateStore => (10, "ResourceExists"),
        RefusalCode.ReadOnlyFileSystem => (10, "DeviceError"),
        RefusalCode.PathNotFound => (10, "ObjectNotFound"),
        RefusalCode.CommitUncertain => (11, "WriteError"),
        _ => (1, "NotSpecified"),
    };
}
