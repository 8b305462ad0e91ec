namespace TaskLocking.Paths;

/// <summary>
/// What may stand at one place of a path. Of ASCII each character is told apart; of the rest it is known only whether one may stand there,
/// for a class of letters that Unicode can spell in several ways would else pass over some.
/// </summary>
internal sealed class PathClass
{
    private const ulong UpperCase = 0x07FFFFFE; // A to Z, as bits of the upper half
    private const char LastAscii = '\u007f';

    // What is named; the others stand here where it is negated.
    private ulong _low;
    private ulong _high;
    private bool _isNegated;
    private bool _hasOthers;

    /// <summary>Everything but the slash.</summary>
    public static PathClass Any { get; } = new PathClass().Negate();

    /// <summary>What goes on with the character before it: marks, and the second half of a pair.</summary>
    public static PathClass Continuation { get; } = new() { _hasOthers = true };

    /// <summary>Reads a class: from the bracket at a place, which then moves behind it. Null if it is none; then the fault says
    /// why.</summary>
    public static PathClass? Read(string pattern, ref int at, out string fault)
    {
        fault = "has a '[' without its ']'";
        var next = at + 1;
        // A single letter that has a meaning elsewhere stands for itself.
        var isNegated = next < pattern.Length && pattern[next] is '!' or '^' && !PathSyntax.IsEscape(pattern, at);
        var start = isNegated ? next + 1 : next;
        var found = new PathClass();
        for (next = start; ; next++)
        {
            if (next >= pattern.Length || pattern[next] == '/')
                return start < pattern.Length && pattern[start] == ']' ? Wrong("has a class with nothing in it", out fault) : null;
            if (pattern[next] == ']' && next > start)
                break;
            if (pattern[next] == '[' && next + 1 < pattern.Length && pattern[next + 1] is ':' or '.' or '=')
                return Wrong("has a class by name, which is not understood", out fault);
            if (pattern[next] == '\\' && !PathSyntax.IsEscape(pattern, at))
                return Wrong("has a backslash between brackets", out fault);
            var last = next;
            if (next + 2 < pattern.Length && pattern[next + 1] == '-' && pattern[next + 2] is not (']' or '/'))
                last = next + 2;
            if (pattern[last] < pattern[next])
                return Wrong($"has the range {pattern[next]}-{pattern[last]}, which has nothing in it", out fault);
            found.Add(pattern[next], pattern[last]);
            next = last;
        }
        at = next + 1;
        return isNegated ? found.Negate() : found;

        static PathClass? Wrong(string reason, out string fault)
        {
            fault = reason;
            return null;
        }
    }

    public bool Contains(char character, bool ignoreCase) => character > LastAscii ? _hasOthers
        : ((character < 64 ? Low : High(ignoreCase)) >> (character & 63) & 1) != 0;

    public bool Meets(PathClass other, bool ignoreCase) => (_hasOthers && other._hasOthers) || (Low & other.Low) != 0
        || (High(ignoreCase) & other.High(ignoreCase)) != 0;

    private ulong Low => _isNegated ? ~_low & ~(1UL << '/') : _low;

    // Where case counts for nothing, "[!a]" leaves out both letters.
    private ulong High(bool ignoreCase)
    {
        var named = ignoreCase ? _high | ((_high & UpperCase) << 32) | ((_high >> 32) & UpperCase) : _high;
        return _isNegated ? ~named : named;
    }

    private void Add(char first, char last)
    {
        for (int character = first; character <= last && character <= LastAscii; character++)
        {
            if (character < 64)
                _low |= 1UL << character;
            else
                _high |= 1UL << (character & 63);
        }
        _hasOthers |= last > LastAscii;
    }

    // Of the others a class that leaves some out still has some.
    private PathClass Negate() => new() { _low = _low, _high = _high, _isNegated = true, _hasOthers = true };
}
