namespace TaskLocking.PowerShell.Binding;

/// <summary>In whose name a command acts: the one that it names, else <c>TASKLOCKING_AGENT</c>.</summary>
internal static class CallingAgent
{
    private const string Variable = "TASKLOCKING_AGENT";

    /// <summary>Null if neither tells; an empty name asks for nobody in particular, whatever the variable says.</summary>
    public static string? Find(string? named) => Given(named ?? EnvironmentText.Variable(Variable));

    /// <summary>The name.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument if neither tells.</exception>
    public static string Require(string? named) => Find(named) ?? throw new TaskLockingException(RefusalCode.InvalidArgument,
        $"No agent is named. Name it, for example -Agent ann, or set the variable for the session: $env:{Variable} = 'ann'.");

    private static string? Given(string? name) => string.IsNullOrEmpty(name) ? null : name;
}
