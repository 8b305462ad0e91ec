using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Cli.Output;

/// <summary>Rows for a person, each on one line whatever its cells hold.</summary>
internal sealed class TextTable(params string[] headers)
{
    private readonly List<string[]> _rows = [];

    public IReadOnlyList<string> Headers => headers;

    public IReadOnlyList<string[]> Rows => _rows;

    /// <summary>Adds a row of as many cells as there are headers; null is an empty cell.</summary>
    public void Add(params string?[] cells) => _rows.Add(Array.ConvertAll(cells, TerminalText.Line));
}
