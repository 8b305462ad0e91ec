using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// Whether what a todo has under our key is in a form that we read. What decides who may take the task, and is in none, must not count as
/// if it were not there.
/// </summary>
internal static class OwnShape
{
    /// <summary>Whether a member can be read; those that decide nothing always can.</summary>
    /// <param name="field">Which it is.</param>
    /// <param name="value">Stands at its value; a copy.</param>
    public static bool IsRead(TodoField field, Utf8JsonReader value) => field switch
    {
        TodoField.AllowedAgents or TodoField.Requires or TodoField.Files => IsList(value),
        TodoField.NeedsReview => value.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null
            || (value.TokenType == JsonTokenType.String && (value.ValueTextEquals("true"u8) || value.ValueTextEquals("false"u8))),
        _ => true,
    };

    private static bool IsList(Utf8JsonReader value)
    {
        if (value.TokenType is JsonTokenType.Null or JsonTokenType.String)
            return true;
        if (value.TokenType != JsonTokenType.StartArray)
            return false;
        while (value.Read() && value.TokenType != JsonTokenType.EndArray)
        {
            if (value.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
                return false;
        }
        return true;
    }
}
