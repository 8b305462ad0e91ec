using TaskLocking.Locking;


namespace TaskLocking.SelfTest;

/// <summary>
/// Tells what the type of the mount means. It judges nothing that the other tests can try; that a lock is unknown to other machines
/// cannot be tried from one of them, so it is a warning in a passed test.
/// </summary>
internal static class MountCheck
{
    private const string Unknown = "a type that is not known to be local, so it is used as a share that several hosts write to";

    public static string Run(MountInfo mount) => mount switch
    {
        { Type: null } => "The system does not tell the mount's type, so the workspace is used as a share that several hosts write to.",
        { LocalLockOption: { } option } =>
            $"Warning: {mount} is mounted with '{option}', so its locks are known to this machine only. Mount it without, or let no " +
                "second machine use the workspace.",
        { LocksOnlyThisHost: true } =>
            $"Warning: locks on {mount} are known to this machine only. Let no second machine use the workspace.",
        { IsShare: true } => $"The workspace is on {mount}, {(mount.IsNetwork ? "a network file system" : Unknown)}: " +
            "locks hold between machines only where the server and every machine have them switched on, and one machine cannot try that. " +
            "Run this test on each of them; then hold a task on one (tasklock lock ID --agent first -- sleep 60) and change it on " +
                "another (tasklock task set ID --name x --timeout 0): that has to end with LockTimeout and name the first.",
        _ => $"The workspace is on {mount}.",
    };
}
