namespace TaskLocking.Model;

/// <summary>What became of one task of a request that was served.</summary>
/// <param name="Id">The task.</param>
/// <param name="Changed">Whether it was changed.</param>
/// <param name="IsNext">It was claimed as what comes next, and not named by the request.</param>
/// <param name="Token">The token of the claim that it had then; null if it had none.</param>
/// <param name="Code">Why it was refused; null if it was not.</param>
/// <param name="Message">The sentence of the refusal.</param>
internal readonly record struct ServedItem(
    string Id, bool Changed, bool IsNext = false, long? Token = null, RefusalCode? Code = null, string? Message = null)
{
    /// <summary>What became of it.</summary>
    public static ServedItem Of(TaskOutcome outcome, bool isNext = false) => outcome.Refusal is { } refusal
        ? new(outcome.Id, Changed: false, isNext, Code: refusal.Code, Message: refusal.Message)
        : new(outcome.Id, outcome.Changed, isNext, outcome.Task?.Claim?.Token);
}
