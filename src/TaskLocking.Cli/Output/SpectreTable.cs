using System;
using System.IO;
using System.Linq;
using Spectre.Console;

namespace TaskLocking.Cli.Output;

/// <summary>
/// Writes a table to standard output: fitted to the terminal, or as wide as its text when redirected, without colour there and where
/// NO_COLOR is set. The only place that touches Spectre.Console, which takes its time to load.
/// </summary>
internal static class SpectreTable
{
    // Wider than any row: a line is never broken or cut.
    private const int Unbounded = 1_000_000;

    public static void Write(TextTable rows)
    {
        var redirected = Console.IsOutputRedirected;
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = redirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = redirected ? new AnsiConsoleOutput(text) : new AnsiConsoleOutput(Console.Out),
        });
        if (redirected)
            console.Profile.Width = Unbounded;
        console.Write(Table(rows));
        if (redirected)
            StandardOutput.Write(string.Join('\n', text.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())));
    }

    private static Table Table(TextTable rows)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true, UseSafeBorder = true };
        foreach (var header in rows.Headers)
            table.AddColumn(new TableColumn(new Text(header, new Style(decoration: Decoration.Bold))) { Padding = new Padding(0, 0, 2, 0) });
        foreach (var row in rows.Rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }
}
