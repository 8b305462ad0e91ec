using System;
using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TaskLocking.Server;

/// <summary>
/// JSON whose texts are plain: what others wrote into a task may have characters that a terminal obeys, that nobody sees, or that are half
/// of one. They come out as their escapes, as words of the text: a model reads them and obeys nothing.
/// </summary>
internal static partial class PlainJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(ReadOnlySpan<byte> json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
            while (reader.Read())
                Copy(ref reader, writer);
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(Text(ref reader));
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(Text(ref reader));
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return TerminalText.Lines(reader.GetString());
        }
        catch (InvalidOperationException)
        {
            // Half a character is JSON, and no text of .NET's.
            var raw = Half().Replace(Encoding.UTF8.GetString(reader.ValueSpan), match =>
                match.Groups["whole"].Success ? match.Value : @"\\" + match.Value[1..]);
            var inner = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{raw}\""));
            inner.Read();
            return TerminalText.Lines(inner.GetString());
        }
    }

    // Escapes are read from the left: a pair, an escaped backslash, or half a pair.
    [GeneratedRegex(@"(?<whole>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\\\)|\\u[dD][89a-fA-F][0-9a-fA-F]{2}",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Half();
}
