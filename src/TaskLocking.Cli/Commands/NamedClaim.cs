namespace TaskLocking.Cli.Commands;

/// <summary>One of the tasks that a command names, as its caller knows the claim on it.</summary>
/// <param name="Id">The task.</param>
/// <param name="Agent">Who works on it.</param>
/// <param name="Token">The claim's token; null if it was not given.</param>
internal sealed record NamedClaim(string Id, string Agent, long? Token);
