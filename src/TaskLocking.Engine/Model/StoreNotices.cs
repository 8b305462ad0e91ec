using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>
/// What a store has to tell and nobody has taken yet. <see cref="Add"/> from any thread, however often the same is met: one of a kind about
/// one file is told once, until its sentence changes or <see cref="Withdraw"/> says that it is over. What <see cref="Stand"/> adds is told
/// to everybody who asks as long as it holds.
/// </summary>
internal sealed class StoreNotices
{
    // By the kind and the path as one text: of a tuple the dictionary would be compiled at its first use, in every command.
    private readonly object _gate = new();
    private readonly Dictionary<string, string> _told = [];
    private readonly Dictionary<string, StoreNotice> _standing = [];
    private readonly List<StoreNotice> _new = [];

    // Asked after every command, and mostly there is nothing: read without the gate.
    private volatile bool _isQuiet = true;

    /// <summary>Tells it to whoever asks first.</summary>
    public void Add(StoreNotice notice)
    {
        lock (_gate)
        {
            if (_told.TryGetValue(KeyOf(notice), out var known) && known == notice.Message)
                return;
            _told[KeyOf(notice)] = notice.Message;
            _new.Add(notice);
            _isQuiet = false;
        }
    }

    /// <summary>Tells it to everybody who asks, until it is withdrawn.</summary>
    public void Stand(StoreNotice notice)
    {
        lock (_gate)
        {
            _standing[KeyOf(notice)] = notice;
            _isQuiet = false;
        }
    }

    /// <summary>It is over; should it come back, that is told anew. What was added and not taken yet is still told.</summary>
    public void Withdraw(StoreNoticeKind kind, string path)
    {
        lock (_gate)
        {
            if (_told.Count + _standing.Count == 0)
                return;
            _told.Remove(Key(kind, path));
            _standing.Remove(Key(kind, path));
        }
    }

    /// <summary>What is new, in the order in which it was met, and then what stands.</summary>
    public IReadOnlyList<StoreNotice> Take()
    {
        if (_isQuiet)
            return [];
        lock (_gate)
        {
            StoreNotice[] taken = [.. _new, .. _standing.Values];
            _new.Clear();
            _isQuiet = _standing.Count == 0;
            return FixedList<StoreNotice>.Owned(taken);
        }
    }

    private static string KeyOf(StoreNotice notice) => Key(notice.Kind, notice.Path ?? "");

    private static string Key(StoreNoticeKind kind, string path) => (char)kind + path;
}
