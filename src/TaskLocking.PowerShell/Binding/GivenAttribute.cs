using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// A value that names nothing is refused where it is bound: <c>$null</c>, an empty text, an empty list, or one of these in a list. A
/// variable that nobody set would else stand for "all", which is what leaving the parameter out is for.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GivenAttribute : ValidateArgumentsAttribute
{
    /// <summary>An empty text or list is an answer here: there shall be none. <c>$null</c> is not.</summary>
    public bool AllowNone { get; set; }

    /// <inheritdoc/>
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (Fault(arguments, AllowNone) is { } fault)
            throw new ValidationMetadataException(fault);
    }

    /// <summary>Why a value names nothing; null if it names something.</summary>
    /// <param name="value">What was bound.</param>
    /// <param name="allowNone">See <see cref="AllowNone"/>.</param>
    internal static string? Fault(object? value, bool allowNone = false)
    {
        var advice = allowNone
            ? "An empty list, @(), stands for none; leave the parameter out to keep what is there."
            : "Leave the parameter out, or give it a value.";
        switch (PipedValue.Plain(value))
        {
            case null:
                return "It is $null, which names nothing and never stands for all. " + advice;
            case string { Length: 0 } when !allowNone:
                return "It is an empty text, which names nothing and never stands for all. " + advice;
            case ICollection { Count: 0 } when !allowNone:
                return "It is an empty list, which names nothing and never stands for all. " + advice;
            case ICollection list and not IDictionary:
                return Nothing(list) is { } at
                    ? string.Format(CultureInfo.InvariantCulture, "Value {0} of {1} is $null or an empty text. {2}", at, list.Count, advice)
                    : null;
            default:
                return null;
        }
    }

    private static int? Nothing(ICollection list)
    {
        var at = 0;
        foreach (var item in list)
        {
            at++;
            if (PipedValue.Plain(item) is null or string { Length: 0 })
                return at;
        }
        return null;
    }
}
