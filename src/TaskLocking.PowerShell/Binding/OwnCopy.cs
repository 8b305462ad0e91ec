namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// What a cmdlet writes. The engine hands out what it keeps, for nobody can change it; but PowerShell hangs the members that a caller adds
/// on the object itself, and whoever in the process got the same object would see them.
/// </summary>
internal static class OwnCopy
{
    public static object? Of(object? value) => value switch
    {
        AgentTask task => task with { },
        AgentProfile agent => agent with { },
        FileLease lease => lease with { },
        FileTestResult result => result with { },
        AssignmentResult result => result with { },
        _ => value,
    };
}
