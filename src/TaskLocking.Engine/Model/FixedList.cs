using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace TaskLocking.Model;

/// <summary>
/// A list that nobody can change any more, whoever has it: not by a cast to an array or a list, for there is none behind it that somebody
/// else has. What comes in (<see cref="Of"/>) is copied, unless it is such a list already.
/// </summary>
internal sealed class FixedList<T> : ReadOnlyCollection<T>
{
    private FixedList(IList<T> items)
        : base(items)
    {
    }

    public static FixedList<T> None { get; } = new([]);

    /// <summary>The items as they are now; none for null.</summary>
    public static FixedList<T> Of(IEnumerable<T>? items) => items is null ? None : items as FixedList<T> ?? Owned(items.ToArray());

    /// <summary>The same, but null for null.</summary>
    public static FixedList<T>? OrNull(IEnumerable<T>? items) => items is null ? null : Of(items);

    /// <summary>The same items in a list that nobody else has, for those who tell lists apart.</summary>
    public static FixedList<T> Apart(IReadOnlyList<T> items) => items.Count == 0 ? None : new FixedList<T>((IList<T>)items);

    /// <summary>The items as the history writes a list: with commas. So they stand in CSV.</summary>
    public override string ToString() => string.Join(", ", this);

    /// <summary>Takes over an array that nobody else has.</summary>
    public static FixedList<T> Owned(T[] items) => items.Length == 0 ? None : new FixedList<T>(items);
}
