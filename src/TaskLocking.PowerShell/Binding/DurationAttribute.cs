using System;
using System.Globalization;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// Lets a duration be written as "90s", "30m", "4h", "2d" or "00:30:00". A bare number is refused: PowerShell would take it as ticks of
/// 100 ns. An empty text, as of a CSV file, is a value that was not given.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        // As JSON takes one apart.
        if (inputData is PSObject parts && parts.Properties["Ticks"]?.Value is { } ticks)
            return TimeSpan.FromTicks((long)LanguagePrimitives.ConvertTo(ticks, typeof(long), CultureInfo.InvariantCulture));
        // A number keeps the text that it was written as: 2d reads as a decimal.
        var text = inputData?.ToString()?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is TimeSpan duration)
            return duration;
        return WithUnit(text!) ?? WithColons(text!) ?? throw new ArgumentTransformationMetadataException(
            $"'{text}' is no duration. Give a number with its unit, for example 90s, 30m, 4h or 2d, or hours and minutes as in 00:30:00.");
    }

    private static TimeSpan? WithColons(string text)
    {
        if (text.IndexOf(':') < 0 || !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration))
            return null;
        return duration;
    }

    private static TimeSpan? WithUnit(string text)
    {
        var number = text.Substring(0, text.Length - 1);
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            return null;
        double? seconds = char.ToLowerInvariant(text[text.Length - 1]) switch
        {
            's' => count,
            'm' => count * 60,
            'h' => count * 3600,
            'd' => count * 86400,
            _ => null,
        };
        // What is beyond every limit is left for the engine to refuse, which tells the limit.
        return seconds is { } s ? TimeSpan.FromSeconds(Math.Min(s, TimeSpan.MaxValue.TotalSeconds / 2)) : null;
    }
}
