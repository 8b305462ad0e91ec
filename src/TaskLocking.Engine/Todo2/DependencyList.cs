using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>What the dependencies of a todo are, as far as they were read.</summary>
internal sealed class DependencyList
{
    private List<string>? _ids;

    /// <summary>The ids, in the order of the todo; one may be there twice.</summary>
    public IReadOnlyList<string> Ids => _ids is null ? FixedList<string>.None : FixedList<string>.Of(_ids);

    /// <summary>What was not understood, as the document writes it; null for nothing.</summary>
    public List<string>? Unread { get; private set; }

    /// <summary>Whether all of it is a list of texts, as we write it: nothing is lost when it is written anew.</summary>
    public bool IsPlain { get; set; } = true;

    public void Add(string id) => (_ids ??= []).Add(id);

    public void AddUnread(string text)
    {
        (Unread ??= []).Add(text);
        IsPlain = false;
    }
}
