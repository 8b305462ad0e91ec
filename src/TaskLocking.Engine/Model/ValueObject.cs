namespace TaskLocking;

/// <summary>
/// What is handed out. It tells what was so at one moment, and nobody can change it or what it holds: no property has a public setter, no
/// list can be written to. What the store shares with those who ask has no setter at all. A copy (<c>with { }</c>) shares no part that a
/// shell could hang a member of its own on.
/// </summary>
public abstract record ValueObject;
