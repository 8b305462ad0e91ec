using System;
using TaskLocking.Model;

namespace TaskLocking.Metrics;

/// <summary>How metrics call a resource: its kind, then which.</summary>
internal static class MetricName
{
    public const string State = "state";

    public static string Task(string id) => "task:" + id;

    public static string Resource(string name) => "resource:" + name;

    /// <summary>What somebody holds.</summary>
    public static string Of(HoldItem item) => item.IsResource ? Resource(item.Name) : Task(item.Name);

    public static string File(string path) => "file:" + path;

    /// <summary>The lock of a root of numbered topics, named from the project where it lies there.</summary>
    public static string Topics(string projectRoot, string root)
    {
        var isWithin = root.Length > projectRoot.Length && root.StartsWith(projectRoot, StringComparison.Ordinal)
            && root[projectRoot.Length] == System.IO.Path.DirectorySeparatorChar;
        return "topics:" + (isWithin ? root.Substring(projectRoot.Length + 1) : root).Replace('\\', '/');
    }

    /// <summary>What a refusal is about; null if it is about nothing that somebody can have.</summary>
    public static string? Of(Refusal refusal) => refusal switch
    {
        { TaskId: { } id } => Task(id),
        { Resource: { } name } => Resource(name),
        { Path: { } path, Code: RefusalCode.FileLocked or RefusalCode.NotOwner } => File(path),
        { Code: RefusalCode.LockTimeout } => State,
        _ => null,
    };

    /// <summary>"state", "task", "resource", "file" or "topics": few values, as instruments want it.</summary>
    public static string Kind(string resource)
    {
        var colon = resource.IndexOf(':');
        return colon < 0 ? resource : resource[..colon];
    }
}
