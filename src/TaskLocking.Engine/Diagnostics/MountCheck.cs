using TaskLocking.Locking;

namespace TaskLocking.Diagnostics;

/// <summary>
/// Tells what the type of the mount means. It judges nothing that the other tests can try; that a lock is unknown to other machines
/// cannot be tried from one of them, so it is a warning in a passed test.
/// </summary>
internal static class MountCheck
{
    public static string Run(MountInfo mount) => mount switch
    {
        { Type: null } => "The system does not tell the mount's type.",
        { LocksOnlyThisHost: true } => $"Warning: locks on {mount} are known to this machine only. Let no second machine use the workspace.",
        { IsNetwork: true } => $"The workspace is on a network file system, {mount}: locks hold between machines only where the server and every machine have them switched on.",
        _ => $"The workspace is on {mount}.",
    };
}
