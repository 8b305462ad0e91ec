namespace TaskLocking.Paths;

/// <summary>A name under which something lies that is canonically called otherwise: a link, or a worktree within the workspace.</summary>
/// <param name="Path">The name, in the form of leases.</param>
/// <param name="Target">What it is called canonically; empty for the workspace itself.</param>
/// <param name="IsFolder">Whether more lies below.</param>
internal sealed record FileLink(string Path, string Target, bool IsFolder);
