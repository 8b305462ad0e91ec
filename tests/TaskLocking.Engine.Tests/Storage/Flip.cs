namespace TaskLocking.Tests.Storage;

/// <summary>One bit of one file.</summary>
/// <param name="File">The path below the folder.</param>
/// <param name="At">The byte.</param>
/// <param name="Bit">0 to 7.</param>
internal sealed record Flip(string File, int At, int Bit);
