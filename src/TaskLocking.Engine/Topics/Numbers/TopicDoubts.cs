using System;
using System.Collections.Generic;

namespace TaskLocking.Topics;

/// <summary>
/// What is not known about the numbers of others. Who asked for certainty is refused at the first of it; others are told.
/// </summary>
internal sealed class TopicDoubts
{
    private readonly string _root;
    private readonly string? _refused;
    private readonly string _way;
    private readonly List<string> _all = [];

    /// <summary>Of who wants a number.</summary>
    /// <param name="root">The root.</param>
    /// <param name="isStrict">Whether a doubt is a refusal.</param>
    public TopicDoubts(string root, bool isStrict)
    {
        _root = root;
        _refused = isStrict ? "No number that others may have, too, is given in" : null;
        _way = ", or do without --strict (-Strict)";
    }

    /// <summary>Of who wants something else, which a doubt forbids.</summary>
    /// <param name="root">The root.</param>
    /// <param name="refused">The beginning of the refusal, before the root.</param>
    public TopicDoubts(string root, string refused)
    {
        _root = root;
        _refused = refused;
        _way = "";
    }

    /// <summary>Whether there is any.</summary>
    public bool Any => _all.Count > 0;

    /// <summary>A doubt: a sentence without its end.</summary>
    /// <exception cref="TaskLockingException">StoreUnavailable: certainty was asked for.</exception>
    public void Add(string doubt, Exception? cause = null)
    {
        if (_refused is not null)
        {
            throw new TaskLockingException(new Refusal(RefusalCode.StoreUnavailable,
                $"{_refused} '{_root}': {doubt}. Mend that{_way}.")
            { Path = _root }, cause);
        }
        if (!_all.Contains(doubt))
            _all.Add(doubt);
    }

    /// <summary>What to tell with the answer.</summary>
    public StoreNotice Notice() => new(StoreNoticeKind.TopicLocal,
        $"Numbers in '{_root}' may meet those of others when branches are merged: {string.Join("; ", _all)}. "
        + "'tasklock topic check --merge-base' shows whether they do, 'topic renumber' mends it.", _root);
}
