namespace TaskLocking.Model;

/// <summary>
/// Where entries of a todo's history lie that have left it: one line of a part of the archive. What a part holds never changes.
/// </summary>
/// <param name="Name">The part's name, which begins with the time; no two have one.</param>
/// <param name="Count">How many entries there are; at least 1.</param>
/// <param name="Start">Where the line begins, in bytes.</param>
/// <param name="Length">Its length, with its line feed.</param>
internal sealed record HistoryPart(string Name, int Count, int Start, int Length)
{
    public string Name { get; } = Name;

    public int Count { get; } = Count;

    public int Start { get; } = Start;

    public int Length { get; } = Length;
}
