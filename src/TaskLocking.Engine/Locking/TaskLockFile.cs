using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace TaskLocking.Locking;

/// <summary>Where the lock of a task is: <c>locks/task_{id}.lock</c>, and beside it the hint who holds it.</summary>
internal static class TaskLockFile
{
    private const string Prefix = "task_";
    private const string Extension = ".lock";
    private const string HolderExtension = ".holder";
    private const int LongestName = 180;

    /// <summary>The lock file of a task.</summary>
    public static string PathOf(string locksFolder, string id) => Path.Combine(locksFolder, Prefix + Escape(id) + Extension);

    /// <summary>The hint beside a lock file.</summary>
    public static string HolderPathOf(string lockPath) => Path.ChangeExtension(lockPath, HolderExtension);

    /// <summary>
    /// An id as part of a file name: letters, digits, '-', '_' and '.' stay, every other byte of its UTF-8 becomes %XX, so no id can
    /// leave the folder; the prefix keeps it from being a reserved name. What is too long for a name ends in its digest.
    /// </summary>
    public static string Escape(string id)
    {
        if (id.Length <= LongestName && IsPlain(id))
            return id;
        var bytes = Encoding.UTF8.GetBytes(id);
        var name = new StringBuilder(bytes.Length + 8);
        foreach (var value in bytes)
        {
            if (IsPlain((char)value))
                name.Append((char)value);
            else
                name.Append('%').Append(value.ToString("X2"));
        }
        if (name.Length <= LongestName)
            return name.ToString();
        name.Length = LongestName - 33;
        name.Append('~');
#if NET
        var digest = SHA256.HashData(bytes);
#else
        using var sha = SHA256.Create();
        var digest = sha.ComputeHash(bytes);
#endif
        for (var i = 0; i < 16; i++)
            name.Append(digest[i].ToString("X2"));
        return name.ToString();
    }

    /// <summary>
    /// Whether a file is named as a lock, or the hint beside one; what a synchroniser or a person made of one is not: "task_T-1 (conflicted
    /// copy).lock".
    /// </summary>
    public static bool IsName(string fileName)
    {
        var extension = Path.GetExtension(fileName);
        if (!fileName.StartsWith(Prefix, System.StringComparison.Ordinal) || extension is not (Extension or HolderExtension)
            || fileName.Contains(".sync-conflict-"))
            return false;
        return IsEscaped(fileName.Substring(Prefix.Length, fileName.Length - Prefix.Length - extension.Length));
    }

    /// <summary>Whether a part of a file's name is what <see cref="Escape"/> gives.</summary>
    public static bool IsEscaped(string part)
    {
        foreach (var character in part)
        {
            if (!IsPlain(character) && character is not ('%' or '~'))
                return false;
        }
        // The sign of a digest has that much behind it.
        return part.IndexOf('~') is -1 or LongestName - 33;
    }

    private static bool IsPlain(string id)
    {
        foreach (var character in id)
        {
            if (!IsPlain(character))
                return false;
        }
        return true;
    }

    private static bool IsPlain(char character) =>
        character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_' or '.';
}
