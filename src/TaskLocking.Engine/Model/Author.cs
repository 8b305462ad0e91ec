using System;

namespace TaskLocking.Model;

/// <summary>Who makes a change when nobody says so.</summary>
internal static class Author
{
    /// <summary>user@host.</summary>
    public static string Default { get; } = Environment.UserName + "@" + Environment.MachineName;
}
