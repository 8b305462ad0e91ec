using System;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>A switch that a table or a JSON file may set: "True" and "False" are texts there, and an empty text was not given.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TruthAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipedValue.Plain(inputData) switch
    {
        null or "" => false,
        string text => bool.TryParse(text, out var truth) ? truth
            : throw new ArgumentTransformationMetadataException($"'{text}' is neither true nor false."),
        _ => inputData,
    };
}
