using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.Tests.Values;

/// <summary>
/// The public types of the engine and of its proof that somebody is handed: what public methods return and callbacks tell, and all that
/// hangs on that by a public property. A new one is found by itself.
/// </summary>
internal static class OutputTypes
{
    private static readonly Assembly[] Assemblies = [typeof(TaskBoard).Assembly, typeof(StressRun).Assembly];

    // What a rule of one's own is given to write into: it is thrown away with the decision.
    private static readonly Type[] Drafts = [typeof(TaskDraft), typeof(TaskChange)];

    public static IReadOnlyList<Type> All { get; } = From(Assemblies
        .SelectMany(assembly => assembly.GetExportedTypes()).Where(type => !type.IsEnum && !Drafts.Contains(type))
        .SelectMany(Handed));

    /// <summary>What a store keeps and hands out without a copy.</summary>
    public static IReadOnlyList<Type> Shared { get; } = From(Handed(typeof(ITaskState)));

    /// <summary>Whether a type is the engine's or the proof's.</summary>
    public static bool IsOurs(Type type) => Assemblies.Contains(type.Assembly);

    /// <summary>Our own type, or those in a list, a dictionary, a nullable.</summary>
    public static IEnumerable<Type> Parts(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts)
        : type.HasElementType ? Parts(type.GetElementType()!)
        : IsOurs(type) && !type.IsEnum && !type.IsGenericParameter ? [type] : [];

    private static IReadOnlyList<Type> From(IEnumerable<Type> roots)
    {
        var found = new HashSet<Type>();
        var open = new Queue<Type>(roots);
        while (open.TryDequeue(out var type))
        {
            if (!Drafts.Contains(type) && found.Add(type))
                type.GetProperties().SelectMany(property => Parts(property.PropertyType)).ToList().ForEach(open.Enqueue);
        }
        return [.. found.OrderBy(type => type.FullName, StringComparer.Ordinal)];
    }

    private static IEnumerable<Type> Handed(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        // Of a record: it gives itself.
        .Where(method => method.Name != "<Clone>$" && !method.Name.StartsWith("set_", StringComparison.Ordinal) && !IsOfRequest(method))
        .SelectMany(method => Parts(method.ReturnType)
            .Concat(method.GetParameters().Select(parameter => parameter.ParameterType).Where(IsCallback).SelectMany(Parts)))
        .Concat(type.GetProperties().Select(property => property.PropertyType).Where(IsCallback).SelectMany(Parts));

    private static bool IsCallback(Type type) =>
        typeof(Delegate).IsAssignableFrom(type) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IProgress<>));

    // What a caller wrote into his own request he gets back from it.
    private static bool IsOfRequest(MethodInfo method) => method.Name.StartsWith("get_", StringComparison.Ordinal)
        && method.DeclaringType!.GetProperty(method.Name[4..]) is { SetMethod.IsPublic: true };
}
