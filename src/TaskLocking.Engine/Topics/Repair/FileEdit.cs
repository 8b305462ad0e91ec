namespace TaskLocking.Topics;

/// <summary>A file that gets other bytes.</summary>
/// <param name="Path">Its full path before any folder is moved.</param>
/// <param name="Before">What it has.</param>
/// <param name="After">What it is to have.</param>
internal sealed record FileEdit(string Path, byte[] Before, byte[] After);
