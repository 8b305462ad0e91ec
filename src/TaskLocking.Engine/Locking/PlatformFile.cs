namespace TaskLocking.Locking;

internal static class PlatformFile
{
    public static string ResolveLinks(string folder) => folder;
}
