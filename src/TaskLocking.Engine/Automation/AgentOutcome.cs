using TaskLocking.Diagnostics;

namespace TaskLocking.Automation;

/// <summary>What became of one agent of a request.</summary>
/// <param name="Name">The agent that was named.</param>
/// <param name="Agent">As it is registered now, or was; null when refused.</param>
/// <param name="Refusal">Why it was refused; null on success.</param>
/// <param name="Changed">False when everything was already so.</param>
public sealed record AgentOutcome(string Name, AgentProfile? Agent, Refusal? Refusal, bool Changed);
