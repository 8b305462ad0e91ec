using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// Ids are texts, numbers, or objects that have one (<c>Id</c>, else <c>TaskId</c>). What has none is refused: PowerShell would take its
/// type for one.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TaskIdAttribute : ArgumentTransformationAttribute
{
    /// <summary>What has no id is no fault here: another parameter takes it.</summary>
    public bool LeavesOthers { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var plain = PipedValue.Plain(inputData);
        // With this cause PowerShell goes on to the next parameter.
        if (LeavesOthers && plain is AgentProfile)
            throw new ArgumentTransformationMetadataException("An agent is no task.", new PSInvalidCastException());
        if (plain is ICollection list and not IDictionary)
            return list.Count == 0 ? inputData : list.Cast<object?>().Select(Id).ToArray();
        var id = Id(inputData);
        // As a list, so that PowerShell binds what else the object brings from the object itself.
        return id is null || ReferenceEquals(id, plain) || ReferenceEquals(id, inputData) ? inputData : new[] { id };
    }

    private static object? Id(object? item) => PipedValue.Plain(item) switch
    {
        null => null,
        string text when TextOfList.Is(text) => throw Refused(TextOfList.Fault(text)),
        string text => text,
        IDictionary => throw Refused("A hashtable is no id. Name the id that is in it, for example $it.Id, or pipe an object: "
            + "[pscustomobject]@{ Id = 'T-1' }."),
        IFormattable or char or Uri or Version => item,
        var value when (Member(item!, "Id") ?? Member(item!, "TaskId")) is { } member =>
            PipedValue.Plain(member.Value) is { } id ? Id(Text(id)) : null,
        var value => throw Refused($"An object of type {value.GetType().Name} has no Id. Pipe ids, or objects that have one."),
    };

    private static PSPropertyInfo? Member(object item, string name) => PSObject.AsPSObject(item).Properties[name];

    private static string Text(object id) => (string)LanguagePrimitives.ConvertTo(id, typeof(string), null);

    private static ArgumentTransformationMetadataException Refused(string why) => new(why);
}
