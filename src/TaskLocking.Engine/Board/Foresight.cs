using System;

namespace TaskLocking.Board;

/// <summary>
/// Whether it is worth to decide before the lock. Where many want the best of the same tasks, each decides for the same one, one gets it,
/// and all others decide anew: then it is left to the turn, in which nobody else takes it away. Under the gate.
/// </summary>
internal sealed class Foresight
{
    // In vain so often in a row, then left out so often before it is tried again.
    private const int Vain = 2;
    private const int LeftOut = 30;

    private Type? _rule; // whose decisions were in vain
    private int _vain;
    private int _left;

    /// <summary>Whether to leave the decision to the turn.</summary>
    public bool IsVain(object rule)
    {
        if (_left == 0 || rule.GetType() != _rule)
            return false;
        _left--;
        return true;
    }

    /// <summary>Tells what became of a decision that was made before the turn.</summary>
    public void Told(object rule, bool held)
    {
        if (rule.GetType() != _rule)
        {
            if (held)
                return;
            (_rule, _vain) = (rule.GetType(), 0);
        }
        _vain = held ? 0 : _vain + 1;
        _left = _vain >= Vain ? LeftOut : 0;
    }

    /// <summary>Nothing was to be done: who asks again and again should not take a turn for it.</summary>
    public void Rest() => _left = 0;
}
