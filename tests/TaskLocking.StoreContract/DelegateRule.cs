using System;
using TaskLocking.Rules;

namespace TaskLocking.StoreContract;

/// <summary>A rule from a function, for what no verb does.</summary>
internal sealed class DelegateRule<TAnswer>(Func<TaskDraft, TAnswer> decide) : ITaskRule<TAnswer>
{
    /// <inheritdoc/>
    public TAnswer Decide(TaskDraft draft) => decide(draft);
}
