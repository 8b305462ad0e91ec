using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;

namespace TaskLocking.PostgreSql;

/// <summary>
/// What makes the schema: numbered steps, forward only, each whole or not at all. They are parts of the program, so that what it needs and
/// what it makes are the same.
/// </summary>
internal static class Migrations
{
    private static readonly Assembly Own = typeof(Migrations).Assembly;

    /// <summary>The names of the steps; the number of the last one is that of the schema.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Own.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static int Newest => NumberOf(Names[^1]);

    public static int NumberOf(string name) => int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture);

    /// <summary>The statements of a step.</summary>
    public static string TextOf(string name, string schema)
    {
        using var reader = new StreamReader(Own.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Replace("{schema}", schema, StringComparison.Ordinal)
            .Replace("{class}", ClassOf(schema).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>The first key of the advisory locks of a schema's boards, the same for everybody.</summary>
    public static int ClassOf(string schema)
    {
        var hash = 2166136261;
        foreach (var letter in "tasklocking:" + schema)
            hash = (hash ^ letter) * 16777619;
        return unchecked((int)hash);
    }

    /// <summary>Refuses a schema that this program does not know, or that lacks what it needs.</summary>
    public static void RefuseOther(int number, ServerAddress address)
    {
        if (number > Newest)
            throw new TaskLockingException(RefusalCode.StoreUnavailable, $"The schema '{address.Schema}' is of a newer TaskLocking (it has "
                + $"number {number}, this one knows {Newest}). Nothing was read or written: update this one.");
        if (number < Newest)
            throw new TaskLockingException(RefusalCode.StoreUnavailable, $"The schema '{address.Schema}' is of an older TaskLocking (it "
                + $"has number {number}, this one needs {Newest}). Bring it up to date: "
                + $"tasklock store migrate --workspace '{address.Text}'.");
    }
}
