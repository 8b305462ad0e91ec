namespace TaskLocking.Rules;

/// <summary>
/// One verb as a pure function: it sees the newest state through the draft, writes its changes into it and answers. No files, no
/// locks, no clock but <see cref="TaskDraft.Now"/>. It may be run more than once for one request; the last run counts.
/// A whole-request refusal is thrown as <c>TaskLockingException</c>, and then nothing of the draft is kept.
/// </summary>
/// <typeparam name="TAnswer">What the caller gets.</typeparam>
internal interface ITaskRule<out TAnswer>
{
    /// <summary>Decides over the state in <paramref name="draft"/> and records the changes there.</summary>
    TAnswer Decide(TaskDraft draft);
}
