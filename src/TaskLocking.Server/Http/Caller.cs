namespace TaskLocking.Server;

/// <summary>Whose token a request has shown.</summary>
/// <param name="Name">The name that it is of: he acts in no other. Null for the one token of the server, which has none.</param>
/// <param name="MayChange">Whether he may change the board, where the server lets anybody.</param>
/// <param name="Print">By which the token is known; another one of the same name is another.</param>
internal sealed record Caller(string? Name, bool MayChange, string Print = "")
{
    /// <summary>Whoever has the one token of the server.</summary>
    public static Caller Unnamed { get; } = new(null, MayChange: true);

    /// <summary>What all calls share, as his calls have it.</summary>
    public ToolSetting In(ToolSetting setting) => Name is null ? setting : setting with { Agent = Name, BoundAgent = Name };
}
