namespace TaskLocking.Proof;

/// <summary>What a search came to.</summary>
/// <param name="IsExplained">Whether some order of the operations explains their answers; null if that could not be decided within the
/// bound.</param>
/// <param name="Failed">The first answer that no order explains.</param>
/// <param name="Cost">How many comparisons of configurations it took.</param>
internal sealed record HistoryVerdict(bool? IsExplained, Operation? Failed, int Cost);
