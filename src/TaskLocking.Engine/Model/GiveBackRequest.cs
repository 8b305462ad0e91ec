namespace TaskLocking;

/// <summary>Give back a claim that nobody has worked under, as if it had never been given.</summary>
/// <param name="Id">The task.</param>
/// <param name="Agent">Who has it.</param>
/// <param name="Token">The claim's token.</param>
public sealed record GiveBackRequest(string Id, string Agent, long Token);
