namespace TaskLocking.Model;

/// <summary>What the last nightly run left behind.</summary>
/// <param name="after">What counts from now on.</param>
internal sealed class RunChange(AssignmentRunRecord after) : StateChange
{
    public AssignmentRunRecord After => after;
}
