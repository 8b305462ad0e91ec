using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>The table of results, in Markdown, and the remarks below it.</summary>
internal sealed class Report
{
    private readonly List<string[]> _rows = [["goal", "what", "ours", "peer", "ratio min / median / max", "target", "met"]];
    private readonly List<string> _notes = [];

    /// <summary>Adds a goal's row; the median decides.</summary>
    public void Row(string goal, string what, string ours, string peer, Spread figure, Target target) =>
        _rows.Add([goal, what, ours, peer, $"{figure} {target.Unit}", target.ToString(), target.IsMetBy(figure.Median) ? "yes" : "**no**"]);

    /// <summary>Adds a row that was measured for comparison, without a target.</summary>
    public void Row(string goal, string what, string ours, string peer, Spread figure, string unit) =>
        _rows.Add([goal, what, ours, peer, $"{figure} {unit}", "", ""]);

    /// <summary>Adds a row of which a part is missing here.</summary>
    public void Missing(string goal, string what, string ours, Target target) =>
        _rows.Add([goal, what, ours, "missing", "", target.ToString(), "not measured"]);

    /// <summary>Adds a remark.</summary>
    public void Note(string text) => _notes.Add(text);

    public void Write(TextWriter output)
    {
        var widths = Enumerable.Range(0, _rows[0].Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        WriteRow(output, _rows[0], widths);
        output.WriteLine("|" + string.Join('|', widths.Select(width => new string('-', width + 2))) + "|");
        foreach (var row in _rows.Skip(1))
            WriteRow(output, row, widths);
        output.WriteLine();
        foreach (var note in _notes)
            output.WriteLine("- " + note);
    }

    private static void WriteRow(TextWriter output, string[] row, int[] widths) =>
        output.WriteLine("| " + string.Join(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))) + " |");
}
