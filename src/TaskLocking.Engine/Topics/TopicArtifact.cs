using System.Collections.Generic;

namespace TaskLocking;

/// <summary>The kinds of artifact folders that a topic can have.</summary>
public static class TopicArtifact
{
    /// <summary>reports, plans, summaries, debug, scripts, outputs.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["reports", "plans", "summaries", "debug", "scripts", "outputs"];
}
