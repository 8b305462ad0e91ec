using System;
using System.Collections;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// Of an object of the pipeline, an empty value of this parameter is one that was not given: tables have empty cells. Where the command
/// itself names one it is refused, as <see cref="GivenAttribute"/> does, but for an empty list, which says that there are none.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmptyCellAttribute : Attribute
{
    /// <summary>What is wrong with the value that a command names for such a parameter; null if nothing is, or it is another one.</summary>
    internal static string? Fault(Type command, string parameter, object? value) =>
        GivenAttribute.Fault(value, allowNone: value is ICollection) is { } fault
            && command.GetProperty(parameter)?.IsDefined(typeof(EmptyCellAttribute), inherit: true) == true ? fault : null;
}
