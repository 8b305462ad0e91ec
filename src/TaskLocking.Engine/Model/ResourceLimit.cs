using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// A resource to hold, which is nothing but a name that all agree on ("gpu", "port-8080"), and how many may hold it at once. Nobody has to
/// define it. Each one's limit holds for as long as he is in: where holders name different ones, the smallest counts.
/// </summary>
/// <param name="Name">What it is called: 1 to 100 characters, all of them to be seen, without white space around.</param>
/// <param name="Limit">1 to <see cref="MostHolders"/>; 1 keeps everybody else out.</param>
public sealed record ResourceLimit(string Name, int Limit = 1) : ValueObject
{
    /// <summary>The highest limit.</summary>
    public const int MostHolders = 100;

    /// <summary>What it is called.</summary>
    public string Name { get; } = Name;

    /// <summary>How many may hold it at once, the one who asks among them.</summary>
    public int Limit { get; } = Limit;

    /// <summary>What is wrong with resources that are to be held together; empty if nothing is.</summary>
    public static IReadOnlyList<Refusal> FaultsOf(IReadOnlyList<ResourceLimit> resources) => FixedList<Refusal>.Of(resources
        .Select((resource, at) => (resource.Name, Fault: ResourceFields.Fault(resource, resources.Take(at))))
        .Where(each => each.Fault is not null)
        .Select(each => new Refusal(RefusalCode.InvalidArgument, each.Fault!) { Resource = each.Name }));

    /// <summary>"gpu (limit 2)".</summary>
    public override string ToString() => $"{Name} (limit {Limit})";
}
