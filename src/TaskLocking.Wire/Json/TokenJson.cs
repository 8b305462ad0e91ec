using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>A named token as JSON, without what it is known by.</summary>
internal static class TokenJson
{
    public static void Write(Utf8JsonWriter writer, NamedToken token)
    {
        writer.WriteStartObject();
        WriteMembers(writer, token);
        writer.WriteEndObject();
    }

    /// <summary>One that was just made, with its secret, or with the file that has it.</summary>
    public static void WriteNew(Utf8JsonWriter writer, NamedToken token, string? secret, string? secretFile)
    {
        writer.WriteStartObject();
        WriteMembers(writer, token);
        writer.WriteString("token", secret);
        writer.WriteString("secret_file", secretFile);
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, NamedToken token)
    {
        writer.WriteString("name", token.Name);
        writer.WriteString("rights", token.Rights);
        writer.WriteString("made", JsonText.Time(token.Made));
    }
}
