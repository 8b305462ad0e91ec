using System;
using System.Globalization;
using System.Text;
using System.Threading;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;

namespace TaskLocking.Cli.Running;

/// <summary>What a command writes: passed on as it comes, or line by line with the id of its task, and its end kept.</summary>
/// <param name="taskId">The task.</param>
/// <param name="hasPrefix">Whether lines begin with the id.</param>
/// <param name="toError">Whether standard output is for something else.</param>
internal sealed class WorkOutput(string taskId, bool hasPrefix, bool toError)
{
    // Characters of up to four bytes, and a line more.
    private const int Kept = 20_000;
    private const int LongestReason = 200;

    private static readonly Lock Gate = new();

    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(TerminalText.Line(taskId) + " | ");
    private readonly byte[] _end = new byte[2 * Kept];
    private readonly LineParts _output = new();
    private readonly LineParts _error = new();
    private int _count;

    /// <summary>Takes a piece; nothing at the end of a stream.</summary>
    public void Take(StandardKind kind, ReadOnlyMemory<byte> piece)
    {
        lock (_end)
            Keep(piece.Span);
        if (!hasPrefix)
            Write(kind, piece.Span);
        else if ((kind == StandardKind.Output ? _output : _error).Next(piece.Span, _prefix) is { Length: > 0 } lines)
            Write(kind, lines);
    }

    /// <summary>The last that it wrote; null for nothing.</summary>
    public string? End()
    {
        lock (_end)
        {
            var kept = _end.AsSpan(Math.Max(0, _count - Kept), Math.Min(_count, Kept));
            // The first character may have been cut.
            while (_count > Kept && kept.Length > 0 && (kept[0] & 0xC0) == 0x80)
                kept = kept[1..];
            return kept.IsEmpty ? null : Encoding.UTF8.GetString(kept);
        }
    }

    /// <summary>The exit code, and the last line that the command wrote.</summary>
    public static string Reason(int exitCode, string? end)
    {
        var code = "exit code " + exitCode.ToString(CultureInfo.InvariantCulture);
        var line = end?.TrimEnd() is { Length: > 0 } text ? text[(text.LastIndexOf('\n') + 1)..].Trim() : "";
        return line.Length == 0 ? code : $"{code}: {(line.Length > LongestReason ? line[..LongestReason] + "…" : line)}";
    }

    private void Write(StandardKind kind, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        // Whoever reads may have gone; the work goes on.
        lock (Gate)
            _ = (kind == StandardKind.Error || toError ? StandardStream.Error : StandardStream.Output).TryWrite(bytes);
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > Kept)
            piece = piece[^Kept..];
        if (_count + piece.Length > _end.Length)
        {
            _end.AsSpan(_count - Kept, Kept).CopyTo(_end);
            _count = Kept;
        }
        piece.CopyTo(_end.AsSpan(_count));
        _count += piece.Length;
    }
}
