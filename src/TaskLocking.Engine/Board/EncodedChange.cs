namespace TaskLocking.Board;

/// <summary>Where in a journal's line a change stands.</summary>
/// <param name="Start">Of a todo that comes where its JSON begins, of all others where the operation does.</param>
/// <param name="End">Where that ends.</param>
/// <param name="History">Of a patch: where in it that begins which the history gets.</param>
internal readonly record struct EncodedChange(int Start, int End, int History = 0);
