namespace TaskLocking.Storage;

internal sealed class TodoEntry
{
    public string Json { get; } = "{}"; public string ToJson() => Json;
}
