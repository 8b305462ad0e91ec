using System;

namespace TaskLocking.Server;

/// <summary>One thing that a tool does.</summary>
/// <param name="Name">The word of the field <c>action</c>.</param>
/// <param name="Changes">Whether it may change the board; a server that only reads has none of these.</param>
/// <param name="Run">Does it. A refusal of the whole is thrown.</param>
internal sealed record ToolAction(string Name, bool Changes, Func<ToolCall, ToolAnswer> Run);
