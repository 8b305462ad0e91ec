using System;
using System.Globalization;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// Lets a time be written as a length of time from now ("+30m"), and as anything that PowerShell takes for one. An empty text, as of a CSV
/// file, is a value that was not given.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MomentAttribute : ArgumentTransformationAttribute
{
    private static readonly DurationAttribute Duration = new();

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipedValue.Plain(inputData) switch
    {
        // As a job brings one back, taken apart.
        PSCustomObject when ((PSObject)inputData!).Properties["UtcDateTime"]?.Value is { } time && PipedValue.Plain(time) is DateTime utc =>
            new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
        string { Length: 0 } => null,
        string text when text[0] == '+' => DateTimeOffset.UtcNow + (TimeSpan)Duration.Transform(engineIntrinsics, text.Substring(1))!,
        // Written with its offset by whoever exported it; PowerShell would read it as one of this place.
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time) => time,
        _ => inputData,
    };
}
