using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>Lets a status be written as documents and people write it: "In Progress", "in-progress", "active".</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StatusAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipedValue.Plain(inputData) switch
    {
        string word => Read(word),
        ICollection words => words.Cast<object?>().Select(each => PipedValue.Plain(each) is string word ? Read(word) : each).ToArray(),
        _ => inputData,
    };

    // What is none is left for PowerShell, which tells the words that there are.
    private static object Read(string word) => TaskWords.TryReadStatus(word, out var status) ? status : word;
}
