using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// The value of a field as CSV, JSON or a script has it: words of people for status and priority, a list as one text with commas, a
/// duration with its unit or taken apart. What does not fit throws a <see cref="FormatException"/> or what PowerShell throws.
/// </summary>
internal static class PipedValue
{
    private static readonly DurationAttribute Duration = new();
    private static readonly MomentAttribute Time = new();

    public static string Text(object value) => As<string>(value);

    public static AgentTaskStatus Status(object value) =>
        Plain(value) is string word && TaskWords.TryReadStatus(word, out var status) ? status : As<AgentTaskStatus>(value);

    public static TaskPriority Priority(object value) =>
        Plain(value) is string word && TaskWords.TryReadPriority(word, out var priority) ? priority : As<TaskPriority>(value);

    public static string[] List(object value) => Plain(value) is string text
        ? TextOfList.Is(text)
            ? throw new FormatException(TextOfList.Fault(text))
            : text.Split(',').Select(item => item.Trim()).Where(item => item.Length > 0).ToArray()
        : As<string[]>(value);

    public static int Count(object value) => As<int>(value);

    public static long Version(object value) => As<long>(value);

    public static DateTimeOffset Moment(object value) => As<DateTimeOffset>(Time.Transform(null!, value)!);

    // To PowerShell every text is true.
    public static bool Truth(object value) => Plain(value) is string text ? bool.Parse(text) : As<bool>(value);

    public static TimeSpan? Span(object value) => Duration.Transform(null!, value) is TimeSpan span ? span : null;

    /// <summary>Without what PowerShell wraps around it.</summary>
    public static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static T As<T>(object value) => (T)LanguagePrimitives.ConvertTo(value, typeof(T), CultureInfo.InvariantCulture);
}
