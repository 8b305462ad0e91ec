namespace TaskLocking;

/// <summary>Whether the process behind a lease lives: a fact from outside that a rule is given.</summary>
public interface ILiveness
{
    /// <summary>True: it lives. False: it is gone, or its pid is another process by now. Null: this host cannot tell.</summary>
    /// <param name="host">The host of the process.</param>
    /// <param name="pid">Its id there.</param>
    /// <param name="processStart">When it started, as the lease keeps it.</param>
    bool? IsAlive(string? host, int? pid, string? processStart);
}
