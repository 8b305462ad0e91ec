namespace TaskLocking.Proof;

/// <summary>A claim as its holder knows it.</summary>
/// <param name="Id">The task.</param>
/// <param name="Agent">The claimant.</param>
/// <param name="Token">The fencing token.</param>
internal sealed record TaskClaimed(string Id, string Agent, long Token);
