using System;
using TaskLocking.Tasks;

namespace TaskLocking.StoreContract;

/// <summary>A rule from a function, for what no verb does.</summary>
public sealed class DelegateRule<TAnswer>(Func<TaskDraft, TAnswer> decide) : ITaskRule<TAnswer>
{
    /// <inheritdoc/>
    public TAnswer Decide(TaskDraft draft) => decide(draft);
}
