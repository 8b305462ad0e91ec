namespace TaskLocking.Tasks;

/// <summary>A state that keeps what its names look like.</summary>
internal interface INameSource
{
    /// <summary>The id of a task that looks like this one, or is it; null if there is none.</summary>
    string? FindIdLike(string id);

    /// <summary>Its swarms and tags.</summary>
    NameBook Names { get; }
}
