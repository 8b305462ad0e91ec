using System;
using System.Collections.Generic;

namespace TaskLocking.CrashStates.Disk;

/// <summary>
/// Decides by a seed what of the things that were not flushed is on the disk. Not even-handed: what breaks a store is mostly that nearly
/// all is there, or nearly nothing, or all but one file.
/// </summary>
internal sealed class Choice
{
    private readonly Random _random;
    private readonly double _names;
    private readonly double? _data; // null: each file has its own
    private readonly Dictionary<Node, double> _own = [];

    public Choice(Random random)
    {
        _random = random;
        (_names, _data) = random.Next(9) switch
        {
            0 => (1, 1),
            1 => (0, 0),
            2 => (1, 0),
            3 => (0, 1),
            4 => (0.5, 0.5),
            5 => (0.9, 0.9),
            6 => (0.1, 0.1),
            7 => (0.9, null),
            _ => (random.NextDouble(), (double?)null),
        };
    }

    /// <summary>Whether an unflushed change of a name is kept, those before it permitting.</summary>
    public bool KeepsName() => _random.NextDouble() < _names;

    /// <summary>Up to which of a file's changes a sector, or its length, has come.</summary>
    /// <param name="node">The file.</param>
    /// <param name="least">What is sure.</param>
    /// <param name="most">How many there were.</param>
    public int Reached(Node node, int least, int most)
    {
        if (_data is not { } share && !_own.TryGetValue(node, out share))
            _own[node] = share = _random.Next(4) switch { 0 => 0, 1 => 0.5, _ => 1 };
        return _random.NextDouble() < share ? most : _random.Next(2) == 0 ? least : _random.Next(least, most + 1);
    }

    /// <summary>Whether the time of the last change came to the disk as it was told.</summary>
    public bool KeepsTime() => _random.Next(10) < 7;
}
