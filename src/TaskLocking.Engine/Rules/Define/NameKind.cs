namespace TaskLocking.Rules;

/// <summary>What is called by a name that tasks bring.</summary>
internal enum NameKind
{
    Id,
    Swarm,
    Tag,
}
