using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Tests.Architecture;

/// <summary>Types that use each other, over however many others: the strongly connected parts of what uses what, after Tarjan.</summary>
internal sealed class TypeCircles
{
    private readonly Dictionary<string, int> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lowest = new(StringComparer.Ordinal);
    private readonly Stack<string> _open = new();
    private readonly HashSet<string> _isOpen = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<string>> _circles = [];
    private readonly Func<string, IEnumerable<string>> _uses;

    private TypeCircles(Func<string, IEnumerable<string>> uses) => _uses = uses;

    /// <summary>Each group of at least two.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IEnumerable<string> types, Func<string, IEnumerable<string>> uses)
    {
        var circles = new TypeCircles(uses);
        foreach (var type in types.Where(type => !circles._found.ContainsKey(type)))
            circles.Visit(type);
        return circles._circles;
    }

    private void Visit(string type)
    {
        _found[type] = _lowest[type] = _found.Count;
        _open.Push(type);
        _isOpen.Add(type);
        foreach (var used in _uses(type))
        {
            if (!_found.TryGetValue(used, out var found))
            {
                Visit(used);
                found = _lowest[used];
            }
            else if (!_isOpen.Contains(used))
            {
                continue;
            }
            _lowest[type] = Math.Min(_lowest[type], found);
        }
        if (_lowest[type] != _found[type])
            return;
        var circle = new List<string>();
        do
        {
            circle.Add(_open.Pop());
            _isOpen.Remove(circle[^1]);
        }
        while (circle[^1] != type);
        if (circle.Count > 1)
            _circles.Add(circle);
    }
}
