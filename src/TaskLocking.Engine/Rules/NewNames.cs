using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Characters;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Judges the names that a rule brings into the store: all of a name can be seen, and it is not taken for one that is there. What is there
/// already, from whatever file, is no new name and can be used on. Part of a draft: what it looked at counts when the draft is asked
/// whether it holds on a later state. Each check gives null, or what is wrong as a sentence.
/// </summary>
internal sealed class NewNames(TaskDraft draft, ITaskState state)
{
    private readonly List<NameRead> _reads = [];
    private LikeIndex? _ids; // of the state, where it keeps none
    private NameBook? _book;
    private LikeIndex? _newIds;
    private NameCounts? _newSwarms;
    private NameCounts? _newTags;
    private IReadOnlyList<AgentProfile>? _agents;

    /// <summary>Null if no task has an id that looks like one that no task has.</summary>
    public Refusal? RefuseId(string id) =>
        (_newIds?.Find(id) ?? Read(NameKind.Id, id)) is { } like && draft.Find(like) is not null ? TaskRefusals.LooksLike(id, like) : null;

    /// <summary>To be called when a task of that id was defined.</summary>
    public void TakeId(string id) => (_newIds ??= new LikeIndex([])).Add(id);

    public string? Swarm(string? name) => string.IsNullOrEmpty(name) ? null
        : Fault("The swarm", name!, TaskFields.Swarm(name), NameKind.Swarm, _newSwarms ??= new NameCounts());

    public string? Tags(IReadOnlyList<string>? names) =>
        names?.Select(name => Fault("The tag", name, TaskFields.Tags([name]), NameKind.Tag, _newTags ??= new NameCounts()))
            .FirstOrDefault(fault => fault is not null);

    public string? Agents(IReadOnlyList<string>? names) =>
        names?.Select(name => Agent(name, "An agent that may take it")).FirstOrDefault(fault => fault is not null);

    /// <summary>A registered agent, or one that looks like none of them.</summary>
    public string? Agent(string? name, string what = "The agent")
    {
        _agents ??= draft.RegisteredAgents;
        if (NamedAgent(draft, name, what) is { } fault)
            return fault;
        return LookAlike.FindIn(draft.RegisteredAgents.Select(agent => agent.Name), name!) is { } like && !IsInUse(draft, name!)
            ? TooLike(what, name!, like)
            : null;
    }

    /// <summary>Who is to get a task: nobody who is taken for one that has a task or a file, unless he is registered.</summary>
    public string? Assignee(string? name, string what) => Agent(name, what)
        ?? (draft.RegisteredAgents.All(agent => agent.Name != name) && FindWorkerLike(name!) is { } like
            ? TooLike(what, name!, like) : null);

    /// <summary>An agent that is to be registered: beside what holds for any, it is not taken for one that has work or files.</summary>
    public string? NewAgent(string? name) => Agent(name)
        ?? (draft.FindAgent(name!) is null && LookAlike.FindIn(Workers(draft), name!) is { } like
            ? TooLike("The agent", name!, like) : null);

    /// <summary>An agent that somebody names: one that the store has, by whatever name, or one that it could have.</summary>
    public static string? NamedAgent(ITaskState state, string? name, string what = "The agent") =>
        (TaskFields.Label(what, name, "builder-1") ?? TypedName(what, name!)) is { } fault && !(name is not null && IsInUse(state, name))
            ? fault : null;

    // "human:bob" is how answers write bob; under it another worker would go about.
    private static string? TypedName(string what, string name) =>
        Array.Find(["agent:", "human:", "host:"], type => name.StartsWith(type, StringComparison.OrdinalIgnoreCase)) is not { } type ? null
            : $"{what}'s name '{name}' begins with a type. Write the name alone, '{name.Substring(type.Length)}', and the type beside it " +
            $"where it can be given: {type.TrimEnd(':')}.";

    /// <summary>Whether a name was compared with those of all tasks.</summary>
    public bool HasRead => _reads.Count > 0;

    /// <summary>Whether the registered agents were looked at.</summary>
    public bool HasReadAgents => _agents is not null;

    /// <summary>Whether what was found is found in this state, too.</summary>
    public bool HoldsOn(INameSource later, IReadOnlyList<AgentProfile> agents)
    {
        if (_agents is not null && !ReferenceEquals(_agents, agents))
            return false;
        foreach (var read in _reads)
        {
            var found = read.Kind == NameKind.Id ? later.FindIdLike(read.Name) : Of(later.Names, read.Kind).FindLike(read.Name);
            if (!string.Equals(found, read.Found))
                return false;
        }
        return true;
    }

    /// <summary>The sentence about a name that is taken for another.</summary>
    public static string TooLike(string what, string name, string like) =>
        $"{what} '{name}' looks like '{like}', which is there already. Use that one, or a name that nobody takes for it, "
        + $"for example {like}-2.";

    private string? Fault(string what, string name, string? fault, NameKind kind, NameCounts here)
    {
        if (name is null || here.Contains(name))
            return fault;
        var book = Book();
        if (fault is not null)
            return Of(book, kind).Contains(name) ? null : fault;
        if ((here.FindLike(name) ?? Read(kind, name)) is { } like)
            return TooLike(what, name, like);
        here.Add(name);
        return null;
    }

    private string? Read(NameKind kind, string name)
    {
        var found = kind != NameKind.Id ? Of(Book(), kind).FindLike(name)
            : state is INameSource source ? source.FindIdLike(name)
            : (_ids ??= new LikeIndex(state.Tasks.Select(task => task.Id))).Find(name);
        _reads.Add(new NameRead(kind, name, found));
        return found;
    }

    private string? FindWorkerLike(string name) => state is INameSource source ? source.FindWorkerLike(name)
        : LookAlike.FindIn(Workers(state), name);

    private NameBook Book() => (state as INameSource)?.Names ?? (_book ??= new NameBook(state.Tasks));

    private static NameCounts Of(NameBook book, NameKind kind) => kind == NameKind.Swarm ? book.Swarms : book.Tags;

    /// <summary>Whether somebody of this very name is registered, or has a task or a file.</summary>
    public static bool IsInUse(ITaskState state, string name) => state.FindAgent(name) is not null
        || Workers(state).Contains(name, StringComparer.Ordinal);

    private static IEnumerable<string> Workers(ITaskState state) => state.FileLeases.Select(lease => lease.Agent)
        .Concat(state.Tasks.Select(task => task.Claim?.Agent ?? task.Assignee?.Name).OfType<string>());
}
