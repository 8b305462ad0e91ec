using System.Text.Json;
using TaskLocking.Locking;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>What stood in the document's place at one moment.</summary>
/// <param name="Stamp">The file; null if there was none.</param>
/// <param name="Bytes">As it was stored.</param>
/// <param name="Document">What it says; null if it is no document.</param>
/// <param name="Fault">Why it is none, as a part of a sentence; null if it is one, or there was no file.</param>
internal sealed record DocumentReading(FileStamp? Stamp, byte[]? Bytes, TodoDocument? Document, string? Fault)
{
    private const int Tries = 5;

    // In milliseconds. Where backup and journal are there nobody is held up for it.
    private const int Patience = 20;

    /// <summary>Nobody but us wrote it.</summary>
    public bool IsOurs => Document is { Mark: not null, IsWhole: true };

    /// <summary>Another program has the file to itself, as many do while they write: nothing is known of it.</summary>
    public bool IsBusy => Fault is not null && Bytes is null;

    public static DocumentReading Of(StorePaths paths)
    {
        var hasJournal = StoreFolder.IsThere(paths.Journals);
        for (var left = Tries; ; left--)
        {
            var stamp = FileStamp.Of(paths.Document);
            try
            {
                var bytes = hasJournal ? FileBytes.TryReadAll(paths.Document, patience: Patience) : FileBytes.TryReadAll(paths.Document);
                if (stamp == FileStamp.Of(paths.Document) || left == 0)
                    return bytes is null ? new DocumentReading(stamp, null, null, null) : Of(stamp, bytes);
            }
            catch (TaskLockingException refused) when (hasJournal && FileBytes.IsBusy(refused))
            {
                return new DocumentReading(stamp, null, null, "another program has it to itself");
            }
        }
    }

    /// <summary>The same of bytes that were read from elsewhere.</summary>
    public static DocumentReading Of(FileStamp? stamp, byte[] bytes)
    {
        var text = DocumentText.ToUtf8(bytes);
        try
        {
            return new DocumentReading(stamp, bytes, TodoDocument.Parse(text), null);
        }
        catch (JsonException exception)
        {
            return new DocumentReading(stamp, bytes, null, DocumentText.Fault(text, exception));
        }
    }
}
