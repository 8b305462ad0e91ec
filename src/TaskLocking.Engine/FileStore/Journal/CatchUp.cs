namespace TaskLocking.FileStore;

/// <summary>How far reading a journal came.</summary>
internal enum CatchUp
{
    /// <summary>To its end.</summary>
    Current,

    /// <summary>To bytes that are no whole line: being written, or torn by a crash. Nobody was told that they last.</summary>
    Torn,

    /// <summary>To bytes that were a whole line once, or stand before one: acknowledged commits may be among them.</summary>
    Damaged,

    /// <summary>The files are not those that were read before: load everything anew.</summary>
    Lost,
}
