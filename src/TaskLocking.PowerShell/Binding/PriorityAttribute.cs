using System;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// Lets a priority be written as documents and people write it: "high", "P1", "urgent". An empty text, as of a CSV file, is a value that
/// was not given: medium.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PriorityAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipedValue.Plain(inputData) switch
    {
        "" => TaskPriority.Medium,
        string word when TaskWords.TryReadPriority(word, out var priority) => priority,
        _ => inputData,
    };
}
