using System.Collections.Generic;

namespace TaskLocking.Cli.Options;

/// <summary>One of the tasks that a command names, as its caller knows the claim on it.</summary>
/// <param name="Id">The task.</param>
/// <param name="Holder">Who works on it, and by which process.</param>
/// <param name="Token">The claim's token; null if it was not given.</param>
/// <param name="Force">Whether another process that works under the name is passed over.</param>
internal sealed record NamedClaim(string Id, LeaseHolder Holder, long? Token, bool Force)
{
    public string Agent => Holder.Agent;

    public string? Type => Holder.Type;

    /// <summary>The process that is named, and this command.</summary>
    public IReadOnlyList<int> Callers => Holder.Callers;
}
