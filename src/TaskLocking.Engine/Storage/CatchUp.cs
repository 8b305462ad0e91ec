namespace TaskLocking.Storage;

/// <summary>How far reading a journal came.</summary>
internal enum CatchUp
{
    /// <summary>To its end.</summary>
    Current,

    /// <summary>To bytes that are no whole line: being written, torn, or damaged.</summary>
    Torn,

    /// <summary>The files are not those that were read before: load everything anew.</summary>
    Lost,
}
