using System;
using System.Globalization;
using System.IO;

namespace TaskLocking.Locking;

/// <summary>Users as people know them.</summary>
internal static class UserName
{
    /// <summary>"alice (user 1000)"; "user 1000" where the machine has no such name.</summary>
    public static string Of(uint id)
    {
        var number = id.ToString(CultureInfo.InvariantCulture);
        return (Find(number) is { } name ? name + " (user " + number + ")" : "user " + number) + (id == ProcessUser.Id ? ", you" : "");
    }

    // "alice:x:1000:1000:…": names from elsewhere, as of a directory server, are not worth a library.
    private static string? Find(string number)
    {
        try
        {
            foreach (var line in File.ReadLines("/etc/passwd"))
            {
                if (line.Split(':') is { Length: > 3 } fields && fields[2] == number)
                    return fields[0];
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The number will do.
        }
        return null;
    }
}
