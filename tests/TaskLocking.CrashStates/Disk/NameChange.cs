namespace TaskLocking.CrashStates.Disk;

/// <summary>A name was made, taken away or moved; a move is one step, and puts away what had the new name.</summary>
internal sealed record NameChange(long Start, Node Node, Entry? From, Entry? To)
{
    public override string ToString() => (From, To) switch
    {
        (null, { } made) => $"make {made.Name}",
        ({ } gone, null) => $"remove {gone.Name}",
        ({ } from, { } to) => $"rename {from.Name} to {to.Name}",
        _ => "",
    };
}
