using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace TaskLocking.Proof;

/// <summary>
/// The lines of an operation log, fields parted by tabs:
/// <code>
/// W worker
/// S number kind ticks agent token id...
/// E number ticks (id answer token validUntil refusal owner status)...
/// </code>
/// An empty field is null, or 0 for a token.
/// </summary>
internal static class OperationLine
{
    public const int FactFields = 7;

    private static readonly (string Plain, string Written)[] Escapes = [("%", "%25"), ("\t", "%09"), ("\n", "%0A"), ("\r", "%0D")];

    public static string Worker(string worker) => Line("W", worker);

    public static string Start(int number, OperationKind kind, long ticks, string? agent, long token, IReadOnlyList<string> ids) =>
        Line(["S", Text(number), kind.ToString(), Text(ticks), agent ?? "", Token(token), .. ids]);

    public static string End(int number, long ticks, IReadOnlyList<OperationFacts> answers) => Line(
        ["E", Text(number), Text(ticks), .. answers.SelectMany(facts => new[]
        {
            facts.TaskId,
            facts.Answer.ToString(),
            Token(facts.Token),
            facts.ValidUntil is { } until ? Text(until) : "",
            facts.Refusal?.ToString() ?? "",
            facts.Owner ?? "",
            facts.Status?.ToString() ?? "",
        })]);

    public static string[] Split(string line) => line.Split('\t').Select(Unescape).ToArray();

    public static OperationFacts Facts(string[] fields, int at) => new(fields[at], Word<OperationAnswer>(fields[at + 1])!.Value)
    {
        Token = Number(fields[at + 2]) ?? 0,
        ValidUntil = Number(fields[at + 3]),
        Refusal = Word<RefusalCode>(fields[at + 4]),
        Owner = OrNull(fields[at + 5]),
        Status = Word<AgentTaskStatus>(fields[at + 6]),
    };

    public static long? Number(string field) => field.Length == 0 ? null : long.Parse(field, CultureInfo.InvariantCulture);

    public static T? Word<T>(string field)
        where T : struct, Enum => field.Length == 0 ? null : Enum.TryParse<T>(field, out var word) ? word
            : throw new FormatException($"'{field}' is no {typeof(T).Name}.");

    public static string? OrNull(string field) => field.Length == 0 ? null : field;

    private static string Line(params string[] fields) => string.Join("\t", fields.Select(Escape)) + "\n";

    private static string Token(long token) => token == 0 ? "" : Text(token);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string field) =>
        Escapes.Aggregate(new StringBuilder(field), (text, escape) => text.Replace(escape.Plain, escape.Written)).ToString();

    private static string Unescape(string field) =>
        field.IndexOf('%') < 0 ? field
            : Enumerable.Reverse(Escapes).Aggregate(new StringBuilder(field),
                (text, escape) => text.Replace(escape.Written, escape.Plain)).ToString();
}
