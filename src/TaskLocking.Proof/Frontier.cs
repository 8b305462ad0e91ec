using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>
/// Configurations of which none is needless. One that differs from another only in that more of the operations that nobody has to
/// explain took effect can go nowhere that the other cannot.
/// </summary>
/// <param name="free">The slots of the operations that need not take effect.</param>
internal sealed class Frontier(ulong[] free)
{
    private readonly Dictionary<Configuration, List<Configuration>> _kept = [];

    /// <summary>How many comparisons it took so far.</summary>
    public int Cost { get; private set; }

    public IEnumerable<Configuration> All => _kept.Values.SelectMany(alike => alike);

    /// <summary>False if it is needless.</summary>
    public bool Add(Configuration configuration)
    {
        var key = configuration.Without(free);
        if (!_kept.TryGetValue(key, out var alike))
            _kept[key] = alike = [];
        Cost += 1 + alike.Count;
        if (alike.Any(other => other.IsWithin(configuration)))
            return false;
        alike.RemoveAll(configuration.IsWithin);
        alike.Add(configuration);
        return true;
    }
}
