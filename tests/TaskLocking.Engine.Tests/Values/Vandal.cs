using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace TaskLocking.Tests.Values;

/// <summary>
/// Changes all that can be changed of an object and of what hangs on it by public properties: sets each property, through setters that are
/// not public too, and changes each list and dictionary by every interface that it has. What throws is right.
/// </summary>
internal sealed class Vandal
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>The types of all that it met.</summary>
    public HashSet<Type> Met { get; } = [];

    /// <summary>What it could change, as "Type.Property" or "Type[]".</summary>
    public HashSet<string> Changed { get; } = new(StringComparer.Ordinal);

    public void Visit(object? target)
    {
        if (target is null or string or Type or Delegate or Exception || target.GetType().IsPrimitive || !_seen.Add(target))
            return;
        var type = target.GetType();
        Met.Add(type);
        if (target is IEnumerable items)
        {
            foreach (var item in items.Cast<object?>().ToList())
                Visit(item);
            Empty(target);
        }
        else if (OutputTypes.IsOurs(type))
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0))
            {
                Visit(property.GetValue(target));
                Set(target, property);
            }
        }
    }

    private void Set(object target, PropertyInfo property)
    {
        try
        {
            property.SetValue(target, Other(property.PropertyType, property.GetValue(target)));
            Changed.Add(target.GetType().Name + "." + property.Name);
        }
        catch (Exception refused) when (refused is ArgumentException or TargetInvocationException)
        {
            // It has no setter, or that refuses.
        }
    }

    private void Empty(object list)
    {
        var name = list.GetType().Name;
        if (list is IList { Count: > 0 } items)
        {
            Try(name, () => items[0] = Other(items[0]!.GetType(), items[0]));
            Try(name, () => items.Add(items[0]));
            Try(name, () => items.RemoveAt(0));
            Try(name, items.Clear);
        }
        if (list is IDictionary { Count: > 0 } map)
        {
            Try(name, () => map.Remove(map.Keys.Cast<object>().First()));
            Try(name, map.Clear);
        }
        foreach (var face in list.GetType().GetInterfaces()
            .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ICollection<>)))
            Try(name, () => face.GetMethod(nameof(ICollection<int>.Clear))!.Invoke(list, null));
    }

    private void Try(string name, Action change)
    {
        try
        {
            change();
            Changed.Add(name + "[]");
        }
        catch (Exception refused) when (refused is NotSupportedException or TargetInvocationException or ArgumentException)
        {
            // A list that nobody can change.
        }
    }

    private static object? Other(Type type, object? now) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var text when text == typeof(string) => "vandal",
        var truth when truth == typeof(bool) => now is not true,
        var number when number.IsPrimitive => Convert.ChangeType(99, number, System.Globalization.CultureInfo.InvariantCulture),
        var word when word.IsEnum => Enum.GetValues(word).Cast<object>().First(value => !value.Equals(now)),
        var moment when moment.IsValueType => Activator.CreateInstance(moment),
        _ => null,
    };
}
