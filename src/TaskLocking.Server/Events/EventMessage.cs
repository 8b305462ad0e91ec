using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>A message of a stream of events, as the bytes that a browser reads.</summary>
internal static class EventMessage
{
    /// <summary>Says that the stream lives, and nothing else.</summary>
    public static byte[] KeepAlive { get; } = ": \n\n"u8.ToArray();

    /// <param name="version">By which a browser asks for what comes after.</param>
    /// <param name="name">What it is.</param>
    /// <param name="write">The members of its JSON.</param>
    public static byte[] Of(long version, string name, Action<Utf8JsonWriter> write)
    {
        var json = PlainJson.Of(JsonText.Line(writer =>
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }).Span);
        using var message = new MemoryStream(json.Length + 64);
        message.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {version}\nevent: {name}\ndata: ")));
        message.Write(json);
        message.Write("\n\n"u8);
        return message.ToArray();
    }
}
