namespace TaskLocking.Proof;

/// <summary>A topic as it was answered to a worker.</summary>
/// <param name="Number">Its number; 0 for a refusal.</param>
/// <param name="Folder">The folder's name; of a refusal the code.</param>
/// <param name="Start">When it was asked for.</param>
/// <param name="End">When it was answered.</param>
internal sealed record TopicAnswer(int Number, string Folder, long Start, long End);
