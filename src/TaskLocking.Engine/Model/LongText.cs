using System;

namespace TaskLocking.Model;

/// <summary>A text that may be long, as a string or where it is stored. Two are equal that say the same.</summary>
/// <param name="text">A string or a <see cref="StoredText"/>; null if there is none.</param>
internal readonly struct LongText(object? text) : IEquatable<LongText>
{
    /// <summary>The text; null if there is none.</summary>
    public string? Read() => text is StoredText stored ? stored.Read() : (string?)text;

    public bool Equals(LongText other) => ReferenceEquals(text, other.Text) || Read() == other.Read();

    public override bool Equals(object? obj) => obj is LongText other && Equals(other);

    public override int GetHashCode() => Read() is { } words ? StringComparer.Ordinal.GetHashCode(words) : 0;

    private object? Text => text;
}
