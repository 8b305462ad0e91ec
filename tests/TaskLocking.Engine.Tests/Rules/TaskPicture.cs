using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace TaskLocking.Tests.Rules;

/// <summary>Everything that a task, an agent or a lease is, as text: facts that nobody is shown included, its bytes, its version.</summary>
internal static class TaskPicture
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    public static string Of(AgentTask? task)
    {
        if (task is null)
            return "none";
        var text = new StringBuilder();
        // What the todo itself tells of its version does not count where its source knows it.
        Add(text, task.Facts with { Version = 0 });
        Add(text, task.Version);
        foreach (var entry in task.ReadHistory())
            Add(text, entry);
        using var todo = JsonDocument.Parse(task.ToJson());
        Add(text, todo.RootElement);
        return text.ToString();
    }

    public static string Of(object record)
    {
        var text = new StringBuilder();
        Add(text, record);
        return text.ToString();
    }

    private static void Add(StringBuilder text, object? value)
    {
        switch (value)
        {
            case DateTimeOffset time:
                text.Append(time.ToString("O", CultureInfo.InvariantCulture));
                break;
            case TimeSpan span:
                text.Append(span.Ticks);
                break;
            // New members stand in the order in which the todo's patches were put into its bytes, several at once or one by one.
            case JsonElement { ValueKind: JsonValueKind.Object } members:
                foreach (var member in members.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                    Add(text.Append(member.Name).Append(": "), member.Value);
                break;
            case JsonElement { ValueKind: JsonValueKind.Array } elements:
                foreach (var element in elements.EnumerateArray())
                    Add(text.Append("- "), element);
                break;
            case JsonElement other:
                text.Append(other.GetRawText());
                break;
            case IEnumerable items and not string:
                foreach (var item in items)
                    Add(text.Append("- "), item);
                break;
            case not null when value.GetType().Assembly == typeof(AgentTask).Assembly && !value.GetType().IsEnum:
                foreach (var property in Known.GetOrAdd(value.GetType(), PropertiesOf))
                    Add(text.Append(property.Name).Append('='), property.GetValue(value));
                break;
            default:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null");
                break;
        }
        text.AppendLine();
    }

    private static PropertyInfo[] PropertiesOf(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
}
