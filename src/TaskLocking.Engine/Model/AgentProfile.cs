using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>A registered agent, or one to be registered: what it can do and how much at once.</summary>
public sealed record AgentProfile(
    string Name,
    string Type = "agent",
    string? Host = null,
    IReadOnlyList<string>? Capabilities = null,
    int MaxTasks = AgentProfile.DefaultMaxTasks,
    DateTimeOffset? Registered = null) : BoardObject
{
    /// <summary>How many tasks an agent has at once when nobody says otherwise.</summary>
    public const int DefaultMaxTasks = 5;

    /// <summary>1 to 100 characters on one line; compared ordinally.</summary>
    public string Name { get; } = Name;

    /// <summary>"agent", "human" or "host".</summary>
    public string Type { get; } = Type;

    /// <summary>The machine that it works on; null if any.</summary>
    public string? Host { get; } = Host;

    /// <summary>What it can do; a task's required capabilities must all be among them.</summary>
    public IReadOnlyList<string> Capabilities { get; } = FixedList<string>.Of(Capabilities);

    /// <summary>How many open tasks it has at once, 1 to 1,000.</summary>
    public int MaxTasks { get; } = MaxTasks;

    /// <summary>Since when it is registered; set by the store.</summary>
    public DateTimeOffset? Registered { get; } = Registered;

    // As a task's: a copy is for a shell, which hangs members of its own on an object.
    private AgentProfile(AgentProfile other)
        : base(other)
    {
        (Name, Type, Host, MaxTasks, Registered) = (other.Name, other.Type, other.Host, other.MaxTasks, other.Registered);
        Capabilities = FixedList<string>.Apart(other.Capabilities);
    }

    /// <summary>What it is kept by: a person and an agent of one name are two.</summary>
    internal string Key => KeyOf(Name, Type == "human");

    internal static string KeyOf(string name, bool isPerson) => isPerson ? name + "\nhuman" : name;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
