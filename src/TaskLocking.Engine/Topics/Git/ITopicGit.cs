using System.Collections.Generic;

namespace TaskLocking.Topics;

/// <summary>
/// What numbers need of git. Everything but the remote's part is of this repository alone, and speaks with no server. Each throws
/// <see cref="GitFailure"/> where git does not do it.
/// </summary>
internal interface ITopicGit
{
    /// <summary>All refs, and the heads of working trees that stand on none.</summary>
    IReadOnlyList<GitRef> Refs();

    /// <summary>
    /// The names in the root that a commit ever added, on whatever way there: what was removed or renamed since is in it.
    /// </summary>
    /// <param name="tips">Objects from which the commits are looked for.</param>
    /// <param name="known">Those with what leads to them are left out.</param>
    IReadOnlyCollection<string> Added(IReadOnlyCollection<string> tips, IReadOnlyCollection<string> known);

    /// <summary>The first of the refs whose tree has that name in the root; null if none has.</summary>
    GitRef? Holder(IReadOnlyList<GitRef> refs, string name);

    /// <summary>Keeps a text; gives its object.</summary>
    string Write(string text);

    /// <summary>The texts of objects; those that are not here are left out.</summary>
    IReadOnlyDictionary<string, string> Read(IReadOnlyCollection<string> objects);

    /// <summary>Makes refs that must not be there: all, or none if one is there. The decisive step among processes.</summary>
    bool Create(IReadOnlyList<string> refs, string target);

    /// <summary>Takes refs away that have this object still.</summary>
    void Delete(IReadOnlyList<string> refs, string target);

    /// <summary>The remotes, the one that is meant where nobody names any first.</summary>
    IReadOnlyList<string> Remotes();

    /// <summary>Brings what a remote has: its reservations in this root, and its branches if those are wanted.</summary>
    void Fetch(string remote, bool branches);

    /// <summary>The reservations in this root at a remote.</summary>
    IReadOnlyList<GitRef> Reserved(string remote);

    /// <summary>Makes refs at a remote that must not be there: all, or none if one is there.</summary>
    bool Push(string remote, IReadOnlyList<string> refs, string target);

    /// <summary>Takes refs away from a remote that have this object still.</summary>
    void Withdraw(string remote, IReadOnlyList<string> refs, string target);
}
