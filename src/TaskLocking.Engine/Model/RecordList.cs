using System;
using System.Collections;
using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>
/// Records of one kind by their keys, in ordinal order. Immutable; a change copies two arrays of references, so thousands are cheap, and
/// nothing here has to be compiled in a process that only reads it.
/// </summary>
internal sealed class RecordList<T> : IReadOnlyList<T>
    where T : class
{
    public static RecordList<T> Empty { get; } = new([], []);

    private readonly string[] _keys;
    private readonly T[] _values;

    private RecordList(string[] keys, T[] values)
    {
        _keys = keys;
        _values = values;
    }

    public int Count => _values.Length;

    public T this[int index] => _values[index];

    public T? Find(string key) => IndexOf(key) is var at and >= 0 ? _values[at] : null;

    /// <summary>With a record of this key, in place of the one that it had.</summary>
    public RecordList<T> With(string key, T value)
    {
        var at = IndexOf(key);
        var isNew = at < 0;
        at = isNew ? ~at : at;
        return new RecordList<T>(Copy(_keys, at, isNew, key), Copy(_values, at, isNew, value));
    }

    /// <summary>Without the record of this key.</summary>
    public RecordList<T> Without(string key) =>
        IndexOf(key) is var at and >= 0 ? new RecordList<T>(Copy(_keys, at), Copy(_values, at)) : this;

    /// <summary>In the order of the keys.</summary>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string key)
    {
        var (low, high) = (0, _keys.Length - 1);
        while (low <= high)
        {
            var middle = low + ((high - low) >> 1);
            var order = string.CompareOrdinal(_keys[middle], key);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    private static TItem[] Copy<TItem>(TItem[] items, int at, bool isNew, TItem item)
    {
        var copy = new TItem[items.Length + (isNew ? 1 : 0)];
        Array.Copy(items, copy, at);
        copy[at] = item;
        var rest = isNew ? at : at + 1;
        Array.Copy(items, rest, copy, at + 1, items.Length - rest);
        return copy;
    }

    private static TItem[] Copy<TItem>(TItem[] items, int without)
    {
        var copy = new TItem[items.Length - 1];
        Array.Copy(items, copy, without);
        Array.Copy(items, without + 1, copy, without, copy.Length - without);
        return copy;
    }
}
