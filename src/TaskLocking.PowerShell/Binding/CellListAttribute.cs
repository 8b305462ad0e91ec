using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// A list of texts that may come as one text, as a cell of a table has it ("a, b"). Which of both came is known here alone, and where it
/// came from to the cmdlet alone: a mark behind the text tells the one from the other until <see cref="Read"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CellListAttribute : ArgumentTransformationAttribute
{
    private const string Mark = "\0cell";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        switch (PipedValue.Plain(inputData))
        {
            case string text when TextOfList.Is(text):
                throw new ArgumentTransformationMetadataException(TextOfList.Fault(text));
            case string { Length: > 0 } text:
                return new[] { text, Mark };
            case IDictionary:
                throw new ArgumentTransformationMetadataException("A hashtable is no list of texts. Name them, for example 'a', 'b'.");
            default:
                return inputData;
        }
    }

    /// <summary>The items.</summary>
    /// <param name="bound">What was bound.</param>
    /// <param name="isCell">Whether one text may stand for several, with commas between them.</param>
    internal static string[] Read(string[]? bound, bool isCell)
    {
        if (bound is not { Length: 2 } || bound[1] != Mark)
            return Array.FindAll(bound ?? [], item => !string.IsNullOrEmpty(item));
        return isCell ? PipedValue.List(bound[0]) : [bound[0]];
    }
}
