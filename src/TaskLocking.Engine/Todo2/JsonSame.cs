using System;
using System.Globalization;
using System.Text.Json;

namespace TaskLocking.Todo2;

/// <summary>Whether two JSON texts say the same: white space, escapes and number forms do not count, the order of fields does.</summary>
internal static class JsonSame
{
    public static bool As(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.SequenceEqual(right))
            return true;
        var a = JsonReading.Of(left);
        var b = JsonReading.Of(right);
        while (true)
        {
            var more = NextIgnoringOurs(ref a);
            if (more != NextIgnoringOurs(ref b))
                return false;
            if (!more)
                return true;
            if (a.TokenType != b.TokenType || !SameValue(ref a, ref b))
                return false;
        }
    }

    // What we keep about a todo is no change of it.
    private static bool NextIgnoringOurs(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            return false;
        if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !TodoText.IsName(ref reader, "taskLocking"u8))
            return true;
        reader.Read();
        reader.Skip();
        return NextIgnoringOurs(ref reader);
    }

    private static bool SameValue(ref Utf8JsonReader a, ref Utf8JsonReader b) => a.TokenType switch
    {
        JsonTokenType.PropertyName or JsonTokenType.String =>
            a.ValueSpan.SequenceEqual(b.ValueSpan) || TodoText.Read(ref a) == TodoText.Read(ref b),
        JsonTokenType.Number => a.ValueSpan.SequenceEqual(b.ValueSpan) || Number(ref a) is { } number && number.Equals(Number(ref b)),
        _ => true,
    };

    private static double? Number(ref Utf8JsonReader reader) =>
        double.TryParse(TodoText.Read(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
