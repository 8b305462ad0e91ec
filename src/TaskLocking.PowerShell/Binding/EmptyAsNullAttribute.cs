using System;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>Makes an empty text, as of a CSV file, a value that was not given.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmptyAsNullAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string { Length: 0 } ? null : inputData;
}
