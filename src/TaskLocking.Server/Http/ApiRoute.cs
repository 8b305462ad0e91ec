namespace TaskLocking.Server;

/// <summary>An address, and the tool and action that answer there.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Pattern">With the names of fields that it has in itself.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Action">Its action.</param>
internal sealed record ApiRoute(string Method, string Pattern, BoardTool Tool, string Action)
{
    /// <summary>Whether a change is of one task, so that it can be made only if that is as it was read.</summary>
    public bool TakesVersion { get; init; }

    /// <summary>The detail where none is asked for; null where there is no such choice.</summary>
    public string? Detail { get; init; }

    public static ApiRoute Get(string pattern, BoardTool tool, string action) => new("GET", pattern, tool, action);

    public static ApiRoute Post(string pattern, BoardTool tool, string action) => new("POST", pattern, tool, action);
}
