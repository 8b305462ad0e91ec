using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PostgreSql;

/// <summary>
/// Whether to take the lock of the board first. Where many processes want the best of the same tasks, a call that finds out that somebody
/// was faster is in vain; then the lock is cheaper, for a while.
/// </summary>
internal sealed class HotRules
{
    // In vain so often in a row, then the lock so often before it is tried without again.
    private const int Vain = 2;
    private const int Locked = 30;

    private Type? _rule;
    private int _vain;
    private int _left;

    /// <summary>Whether one of them is such a rule.</summary>
    public bool Has(IEnumerable<Type> rules)
    {
        if (_left == 0 || !rules.Contains(_rule))
            return false;
        _left--;
        return true;
    }

    /// <summary>Tells what became of a line that rests on more than can be named.</summary>
    public void Told(Type rule, bool held)
    {
        if (rule != _rule)
        {
            if (held)
                return;
            (_rule, _vain) = (rule, 0);
        }
        _vain = held ? 0 : _vain + 1;
        _left = _vain >= Vain ? Locked : 0;
    }
}
