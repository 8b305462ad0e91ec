using System;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TaskLocking.Todo2;

/// <summary>
/// A text that two JSON values have in common exactly if they say the same: what <see cref="JsonSame"/> tells of two, for many at once.
/// </summary>
internal static class JsonKey
{
    public static string Of(ReadOnlySpan<byte> json)
    {
        var key = new StringBuilder(json.Length);
        for (var reader = JsonReading.Of(json); reader.Read();)
        {
            key.Append((char)('A' + (int)reader.TokenType));
            if (reader.TokenType == JsonTokenType.Number)
                key.Append(Number(ref reader));
            else if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                Append(key, TodoText.Read(ref reader)!);
        }
        return key.ToString();
    }

    // The length before it: no text can look like the end of itself and what follows.
    private static void Append(StringBuilder key, string text) => key.Append(text.Length).Append(':').Append(text);

    private static string Number(ref Utf8JsonReader reader)
    {
        var text = TodoText.Read(ref reader)!;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : text;
    }
}
