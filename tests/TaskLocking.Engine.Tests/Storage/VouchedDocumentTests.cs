using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TaskLocking.Model;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>A document whose checksum holds is scanned, any other is read and judged: both must see the same.</summary>
public sealed class VouchedDocumentTests
{
    private static readonly DocumentMark Mark = new("0123456789abcdef", 7, 1, 512, 0xC0FFEE);

    [Theory]
    [InlineData("""{"todos":[]}""")]
    [InlineData("""{"todos":[ ]}""")]
    [InlineData("""{ "todos" : [1, -2.5e3 , "a ] \" text", null,true , [1,[2,"]"]], {} , { } ] , "x":1}""")]
    [InlineData("""{"todos":[{"id":"a"},{"id":"a"},{"id":""},{"id":null},{"id":7},{"id":true},{"id":["a"]},{"name":"none"}]}""")]
    [InlineData("""{"todos":[{"id":"first","id":"last"},{"\u0069d":"escaped name"},{"id":"\u0065scaped \"id\" \ud83d\ude80"},""" +
        """{"id" : "spaced" , "n" : 1 }]}""")]
    [InlineData("""{"todos":[{"x":{"id":"inner","todos":[{"id":"deep"}]},"id":"outer","y":[{"id":"z"}]}],""" +
        """ "after":{"todos":[9],"checksum":"00000000"}}""")]
    [InlineData(
        """{"before":"\"todos\":[","todos":[{"id":"a","text":"\\"},{"id":"b","text":"\\\\\""}],"lastModified":"x","nextTaskNumber":3}""")]
    [InlineData("""{"first":1,"todos":[]}""")]
    public void A_strange_document_is_seen_alike(string text) => AssertAlike(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData(1, false, "\n")]
    [InlineData(2, true, "\r\n")]
    [InlineData(3, false, "\n    ")]
    public void A_messy_document_is_seen_alike(int seed, bool byteOrderMark, string newline) =>
        AssertAlike(MessyDocument.Write(300, seed, byteOrderMark, newline));

    [Fact]
    public void Whatever_is_json_is_seen_alike() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
    {
        var random = new Random(seed);
        var members = Enumerable.Range(0, random.Next(4))
            .Select(at => $"{Space(random)}\"m{at}\"{Space(random)}:{Space(random)}{Json(random, 3)}{Space(random)}").ToList();
        var todos = Enumerable.Range(0, random.Next(6))
            .Select(_ => Space(random) + (random.Next(4) == 0 ? Json(random, 3) : Todo(random)) + Space(random));
        members.Insert(random.Next(members.Count + 1), $"{Space(random)}\"todos\":{Space(random)}[{string.Join(',', todos)}]");
        AssertAlike(Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}{Space(random)}"));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(int.Parse(Environment.GetEnvironmentVariable("TASKLOCKING_RUNS") ?? "1000",
        CultureInfo.InvariantCulture)));

    // Rendered, the document is ours; one other digit of the checksum, and it is anybody's.
    private static void AssertAlike(byte[] document)
    {
        var bytes = Render(TodoDocument.Parse(document));
        var scanned = TodoDocument.Parse(bytes);
        Assert.True(scanned.IsWhole);

        var changed = (byte[])bytes.Clone();
        var digit = bytes.AsSpan().LastIndexOf("\"checksum\":\""u8) + 12;
        changed[digit] = changed[digit] == '0' ? (byte)'1' : (byte)'0';
        var read = TodoDocument.Parse(changed);
        Assert.False(read.IsWhole);

        Assert.Equal(Tell(read), Tell(scanned));
        Assert.Equal((read.Mark, read.NextTaskNumber, read.LastModified), (scanned.Mark, scanned.NextTaskNumber, scanned.LastModified));
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(Render(scanned)));
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(Render(read)));
    }

    private static List<string> Tell(TodoDocument document) =>
        [.. document.Entries.Select(entry => string.Create(CultureInfo.InvariantCulture,
            $"{entry.Id}|{entry.IsAddressable}|{entry.ToJson()}"))];

    private static byte[] Render(TodoDocument document)
    {
        var buffer = new ByteBuffer(4096);
        document.Frame.Render(buffer, document.Entries, document.LastModified ?? "now", document.NextTaskNumber ?? 0, Mark);
        return buffer.ToArray();
    }

    private static string Todo(Random random)
    {
        var members = Enumerable.Range(0, random.Next(4))
            .Select(_ => $"{Space(random)}{Text(random)}{Space(random)}:{Space(random)}{Json(random, 3)}{Space(random)}").ToList();
        members.Insert(random.Next(members.Count + 1), $"{Space(random)}\"id\":{(random.Next(5) == 0 ? Json(random, 1) : Text(random))}");
        return "{" + string.Join(',', members) + "}";
    }

    private static string Json(Random random, int depth) => random.Next(depth == 0 ? 5 : 8) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(-9, 99).ToString(CultureInfo.InvariantCulture),
        3 => "-1.50E+3",
        4 => Text(random),
        5 => $"[{Space(random)}{Some(random, () => Space(random) + Json(random, depth - 1) + Space(random))}]",
        _ => $"{{{Space(random)}{Some(random, () =>
            $"{Space(random)}{Text(random)}{Space(random)}:{Space(random)}{Json(random, depth - 1)}{Space(random)}")}}}",
    };

    private static string Some(Random random, Func<string> one) => string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => one()));

    private static string Text(Random random) =>
        "\"" + string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Bits[random.Next(Bits.Length)])) + "\"";

    private static string Space(Random random) => Spaces[random.Next(Spaces.Length)];

    private static readonly string[] Bits = ["a", "id", "todos", "{", "}", "[", "]", ",", ":", " ", "\\\"", "\\\\", "\\u0069", "\\ud83d",
        "ü", "🚀", "\\n", "taskLocking", "\\\"checksum\\\":\\\""];

    private static readonly string[] Spaces = ["", "", "", " ", "\n", "\r\n  ", "\t"];
}
