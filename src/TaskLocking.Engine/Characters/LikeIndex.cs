using System.Collections.Generic;

namespace TaskLocking.Characters;

/// <summary>Names by what they look like. Of several that look alike, as a file from elsewhere may bring them, one stands for
/// all.</summary>
internal sealed class LikeIndex
{
    private readonly Dictionary<string, string> _names;
    private int _hidden; // names that another one stands for

    /// <param name="names">Each once.</param>
    /// <param name="count">About how many.</param>
    public LikeIndex(IEnumerable<string> names, int count = 0)
    {
        _names = new Dictionary<string, string>(count, LookAlike.Comparer);
        foreach (var name in names)
            Add(name);
    }

    /// <summary>The name that looks like this one, or is it; null if there is none.</summary>
    public string? Find(string name) => _names.TryGetValue(name, out var found) ? found : null;

    /// <summary>Adds a name that is not there.</summary>
    public void Add(string name)
    {
        if (Find(name) is not null)
            _hidden++;
        else
            _names.Add(name, name);
    }

    /// <summary>Takes out a name that is there.</summary>
    /// <param name="name">The name.</param>
    /// <param name="rest">All that stay.</param>
    public void Remove(string name, IEnumerable<string> rest)
    {
        if (!string.Equals(Find(name), name))
        {
            _hidden--;
            return;
        }
        _names.Remove(name);
        if (_hidden == 0)
            return;
        foreach (var other in rest)
        {
            if (!LookAlike.Comparer.Equals(other, name))
                continue;
            _names.Add(other, other);
            _hidden--;
            return;
        }
    }
}
