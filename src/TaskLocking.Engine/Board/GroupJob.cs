using System;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.Board;

/// <summary>A rule on its way through a group.</summary>
/// <param name="rule">The rule.</param>
/// <param name="session">Whose.</param>
/// <param name="deadline">For everything.</param>
/// <param name="made">What was decided before.</param>
/// <param name="decide">Decides on a state, or finds that what was decided before holds.</param>
internal sealed class GroupJob<TAnswer>(ITaskRule<TAnswer> rule, LockSession session, Deadline deadline, Attempt<TAnswer>? made,
    Func<BoardState, Attempt<TAnswer>?, Attempt<TAnswer>> decide) : IGroupJob
{
    private Attempt<TAnswer>? _made = made;

    public Type Rule { get; } = rule.GetType();

    public LockSession Session => session;

    public Deadline Deadline => deadline;

    public Attempt<TAnswer>? Made => _made;

    public IAttempt? Attempt => _made;

    public bool TryDecide(BoardState state)
    {
        try
        {
            _made = decide(state, _made);
            return !_made.IsEmpty;
        }
        catch (Exception)
        {
            // Whatever it is, it comes again where it is decided by itself, on the thread of whoever asked.
            _made = null;
            return false;
        }
    }

    public void Forget() => _made = null;
}
