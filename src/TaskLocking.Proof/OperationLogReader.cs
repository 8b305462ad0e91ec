using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace TaskLocking.Proof;

/// <summary>
/// Reads what <see cref="OperationLog"/> wrote, also of a worker that was killed or still writes: a last line without its end is passed
/// over, a start without an answer is an open operation. A task of a batch that the answer does not name is open too.
/// </summary>
internal static class OperationLogReader
{
    /// <summary>The operations of several workers, in the order of their starts.</summary>
    /// <exception cref="InvalidDataException">A line that no worker writes.</exception>
    public static IReadOnlyList<Operation> ReadAll(IEnumerable<string> paths) =>
        paths.SelectMany(Read).OrderBy(operation => operation.Start).ToList();

    /// <summary>The operations of one worker, in the order of their starts.</summary>
    /// <exception cref="InvalidDataException">A line that no worker writes.</exception>
    public static IReadOnlyList<Operation> Read(string path)
    {
        try
        {
            return Parse(Lines(path));
        }
        catch (Exception fault) when (
            fault is FormatException or IndexOutOfRangeException or OverflowException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is no operation log: {fault.Message}", fault);
        }
    }

    private static List<Operation> Parse(IEnumerable<string> lines)
    {
        var worker = "";
        var starts = new List<(int Number, string[] Fields)>();
        var ends = new Dictionary<int, string[]>();
        foreach (var fields in lines.Select(OperationLine.Split))
        {
            switch (fields[0])
            {
                case "W":
                    worker = fields[1];
                    break;
                case "S":
                    starts.Add(((int)OperationLine.Number(fields[1])!.Value, fields));
                    break;
                case "E":
                    ends[(int)OperationLine.Number(fields[1])!.Value] = fields;
                    break;
                default:
                    throw new FormatException($"'{fields[0]}' begins no line.");
            }
        }
        return starts.SelectMany(start => Join(worker, start.Number, start.Fields, ends.TryGetValue(start.Number, out var end) ? end
            : null)).ToList();
    }

    private static IEnumerable<Operation> Join(string worker, int number, string[] start, string[]? end)
    {
        var ids = start.Skip(6).DefaultIfEmpty("").ToList();
        var kind = OperationLine.Word<OperationKind>(start[2])!.Value;
        var asked = new Operation(worker, number, kind, "", OperationLine.Number(start[3])!.Value, null, OperationAnswer.None)
        {
            Agent = OperationLine.OrNull(start[4]),
            Token = OperationLine.Number(start[5]) ?? 0,
        };
        var answered = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 3; end is not null && at + OperationLine.FactFields <= end.Length; at += OperationLine.FactFields)
        {
            var facts = OperationLine.Facts(end, at);
            answered.Add(facts.TaskId);
            yield return asked with
            {
                TaskId = facts.TaskId,
                End = OperationLine.Number(end[2]),
                Answer = facts.Answer,
                Token = facts.Token == 0 ? asked.Token : facts.Token,
                ValidUntil = facts.ValidUntil,
                Refusal = facts.Refusal,
                Owner = facts.Owner,
                Status = facts.Status,
            };
        }
        var isClaimed = kind == OperationKind.Claim && answered.Count > 0;
        foreach (var id in ids.Where(id => !isClaimed && !answered.Contains(id)))
            yield return asked with { TaskId = id };
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var text = reader.ReadToEnd();
        return text.Substring(0, text.LastIndexOf('\n') + 1).Split('\n').Where(line => line.Length > 0);
    }
}
