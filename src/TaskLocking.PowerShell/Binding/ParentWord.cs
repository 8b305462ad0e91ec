namespace TaskLocking.PowerShell.Binding;

/// <summary>The id of a parent, as people write it: <c>none</c> stands for no parent, as an empty text does.</summary>
internal static class ParentWord
{
    public static string Read(string word) => word == "none" ? "" : word;
}
