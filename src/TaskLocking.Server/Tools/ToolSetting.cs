using System;
using System.Collections.Generic;

namespace TaskLocking.Server;

/// <summary>What all calls of a server share.</summary>
/// <param name="Board">Where the tasks are; closed by whoever opened it.</param>
internal sealed record ToolSetting(TaskBoard Board)
{
    /// <summary>The folder whose topics are meant.</summary>
    public required string Project { get; init; }

    /// <summary>Whose calls these are where a call names nobody; null: each has to.</summary>
    public string? Agent { get; init; }

    /// <summary>The only name that a caller may use; null: any.</summary>
    public string? BoundAgent { get; init; }

    /// <summary>The process of the client by which claims are judged; null: time alone judges.</summary>
    public ClientProcess? Client { get; init; }

    /// <summary>Those that ask, for claims that name a process.</summary>
    public IReadOnlyList<int> Callers => Client is { } client ? [client.Pid, Environment.ProcessId] : [];
}
