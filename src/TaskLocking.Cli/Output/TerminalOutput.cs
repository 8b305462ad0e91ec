using System;
using System.IO;
using System.Text;
using Spectre.Console;

namespace TaskLocking.Cli.Output;

/// <summary>
/// The terminal as Spectre.Console draws on it. One that was hung up takes nothing more, and that is all: no drawing ends a command.
/// </summary>
internal sealed class TerminalOutput : TextWriter, IAnsiConsoleOutput
{
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    public override Encoding Encoding => Encoding.UTF8;

    TextWriter IAnsiConsoleOutput.Writer => this;

    bool IAnsiConsoleOutput.IsTerminal => true;

    int IAnsiConsoleOutput.Width => Size(() => Console.WindowWidth, UsualWidth);

    int IAnsiConsoleOutput.Height => Size(() => Console.WindowHeight, UsualHeight);

    public override void Write(char value) => StandardOutput.Drawn(value.ToString());

    public override void Write(string? value) => StandardOutput.Drawn(value ?? "");

    public override void Write(char[] buffer, int index, int count) => StandardOutput.Drawn(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => StandardOutput.Drawn(buffer.ToString());

    // It is UTF-8, as everything is that is written.
    void IAnsiConsoleOutput.SetEncoding(Encoding encoding)
    {
    }

    private static int Size(Func<int> measure, int usual)
    {
        try
        {
            return measure() is > 0 and var size ? size : usual;
        }
        catch (IOException)
        {
            return usual;
        }
    }
}
