namespace TaskLocking.PowerShell.Abstractions;

/// <summary>A cmdlet whose request may have an id of its own, so that it is done once, however often it is sent.</summary>
internal interface INamedRequest
{
    /// <summary>The id; null if it has none.</summary>
    string? RequestId { get; }
}
