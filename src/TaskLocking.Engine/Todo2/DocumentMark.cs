using System.Globalization;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>Which commit a document shows, and where in which journal the next one is found.</summary>
/// <param name="Epoch">The identity of the store's history.</param>
/// <param name="Version">The commit.</param>
/// <param name="Journal">The sequence number of the journal.</param>
/// <param name="Offset">Where the next line begins, in bytes.</param>
/// <param name="Chain">The checksum that the next line starts from.</param>
internal sealed record DocumentMark(string Epoch, long Version, long Journal, long Offset, uint Chain)
{
    /// <summary>Agents, file leases and remembered requests, shown in the same place.</summary>
    public StateRecords Records { get; init; } = StateRecords.Empty;

    /// <summary>The text before the checksum's digits; <c>"}</c> follows them.</summary>
    public string TextBeforeChecksum =>
        $"{{\"format\":1,\"epoch\":\"{Epoch}\",\"version\":{Version},\"journal\":{Journal},\"offset\":{Offset}," +
        $"\"chain\":\"{JournalLine.Hex(Chain)}\",{RecordJson.Text(Records)}\"checksum\":\"";

    /// <summary>
    /// Reads a mark; null if it is none of ours. <paramref name="checksumAt"/> is where the digits begin in the document.
    /// </summary>
    public static DocumentMark? Read(ref Utf8JsonReader reader, out int checksumAt, out StateRecords records)
    {
        checksumAt = -1;
        records = StateRecords.Empty;
        string? epoch = null, chain = null;
        long version = -1, journal = -1, offset = -1;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = TodoText.Read(ref reader);
            reader.Read();
            if (name is "agents" or "files" or "requests" or "swarms" or "archive" or "runs")
            {
                records = RecordJson.Read(ref reader, name, records);
                continue;
            }
            var at = (int)reader.TokenStartIndex + 1;
            var text = TodoText.Read(ref reader);
            _ = name switch
            {
                "epoch" => Set(ref epoch, text),
                "chain" => Set(ref chain, text),
                "version" => Set(ref version, text),
                "journal" => Set(ref journal, text),
                "offset" => Set(ref offset, text),
                "checksum" when text?.Length == 8 => (checksumAt = at) > 0,
                _ => false,
            };
        }
        return epoch is not null && version >= 0 && journal >= 0 && offset >= 0 && checksumAt > 0 &&
            chain?.Length == 8 && JournalLine.TryReadHex(System.Text.Encoding.ASCII.GetBytes(chain), out var value)
            ? new DocumentMark(epoch, version, journal, offset, value)
            : null;
    }

    // Anybody can write a number that is none, or that no store comes to: then the mark is not ours.
    private static bool Set(ref long field, string? value)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out field) || field > StoreLife.HighestVersion)
            field = -1;
        return true;
    }

    private static bool Set(ref string? field, string? value)
    {
        field = value;
        return true;
    }
}
