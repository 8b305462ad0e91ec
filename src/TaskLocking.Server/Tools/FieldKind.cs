namespace TaskLocking.Server;

/// <summary>What a field of a tool takes.</summary>
internal enum FieldKind
{
    Text,
    Integer,
    Flag,
    Texts,
    Tasks,
}
