using System.Collections.Generic;

namespace TaskLocking.Server;

/// <summary>A field of a tool's arguments.</summary>
/// <param name="Name">In snake_case.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Description">For whoever calls.</param>
internal sealed record ToolField(string Name, FieldKind Kind, string Description)
{
    /// <summary>The only words that it takes; null for any.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>What is taken when it is left out, as JSON; null for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>The least and the most that it takes.</summary>
    public (int Least, int Most)? Range { get; init; }

    public static ToolField Text(string name, string description) => new(name, FieldKind.Text, description);

    /// <summary>The name of a request that shall be done once.</summary>
    public static ToolField RequestId(string description) => Text(ToolCall.RequestIdField, description);

    public static ToolField Word(string name, string description, string? standard, params string[] words) =>
        new(name, FieldKind.Text, description) { Words = words, Default = standard is null ? null : $"\"{standard}\"" };

    public static ToolField Texts(string name, string description) => new(name, FieldKind.Texts, description);

    public static ToolField Flag(string name, string description) => new(name, FieldKind.Flag, description) { Default = "false" };

    public static ToolField Integer(string name, string description) => new(name, FieldKind.Integer, description);

    public static ToolField Integer(string name, string description, int standard, int least, int most) =>
        new(name, FieldKind.Integer, description)
        {
            Default = standard.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Range = (least, most),
        };
}
