using System.Linq;
using Spectre.Console;

namespace TaskLocking.Cli.Output;

/// <summary>Writes a table to standard output: fitted to the terminal, or as wide as its text when redirected.</summary>
internal static class SpectreTable
{
    public static void Write(TextTable rows) => SpectreOutput.Write(Of(rows));

    /// <summary>The table, to be drawn with other things.</summary>
    public static Table Of(TextTable rows)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true, UseSafeBorder = true };
        foreach (var header in rows.Headers)
            table.AddColumn(new TableColumn(new Text(header, new Style(decoration: Decoration.Bold)))
            {
                Padding = new Padding(0, 0, 2,
                0)
            });
        foreach (var row in rows.Rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }
}
