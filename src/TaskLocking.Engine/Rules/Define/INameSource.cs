namespace TaskLocking.Rules;

/// <summary>A state that keeps what its names look like.</summary>
internal interface INameSource
{
    /// <summary>The id of a task that looks like this one, or is it; null if there is none.</summary>
    string? FindIdLike(string id);

    /// <summary>Who has a task or a file under a name that looks like this one; null if nobody has, or somebody has under this
    /// one.</summary>
    string? FindWorkerLike(string name);

    /// <summary>Its swarms and tags.</summary>
    NameBook Names { get; }
}
