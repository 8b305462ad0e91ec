using System;
using System.IO;
using System.Text.Json;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Which file was last published or adopted as the document, and the version that it stands for: so nobody has to read the document to
/// see that it is ours. Written under the state lock. Torn or missing means that the document is read, and that nothing tells whether the
/// store was put back to an earlier state.
/// </summary>
/// <param name="Version">What the document shows.</param>
/// <param name="Stamp">What the document's file is.</param>
/// <param name="Cost">How long it took to publish it, in microseconds: the pause until the next is the same for all processes.</param>
internal sealed record PublishedStamp(long Version, FileStamp Stamp, long Cost = 0)
{
    private static readonly string[] Names =
        ["version", "length", "modified", "created", "device", "inode", "mode", "cost", "obstacle", "less"];

    private const int Length = 768;
    private const long HighestCost = 60_000_000;

    /// <summary>
    /// The document that this one is about to take the place of; null once it has. Whoever looks between the two, or after a publisher was
    /// killed there, still knows what he finds.
    /// </summary>
    public PublishedStamp? Replaces { get; init; }

    /// <summary>Why a newer version than this one could not be put there; none if it was.</summary>
    public DocumentObstacle Obstacle { get; init; }

    /// <summary>
    /// Whether the document may lack some of that version: somebody else wrote it, from that version or an older one, and nothing was
    /// published since.
    /// </summary>
    public bool IsLess { get; init; }

    public static PublishedStamp? Read(StorePaths paths)
    {
        uint chain = 0;
        return Whole(paths) is { } line && JournalLine.Verify(line, ref chain) ? Parse(line) : null;
    }

    /// <summary>The version that a document's file is known to show; null if it is not one that we put or left there.</summary>
    public static long? VersionOf(StorePaths paths, FileStamp stamp) => Read(paths)?.VersionOf(stamp);

    /// <inheritdoc cref="VersionOf(StorePaths, FileStamp)"/>
    public long? VersionOf(FileStamp stamp) => Of(stamp)?.Version;

    private PublishedStamp? Of(FileStamp stamp) => stamp == Stamp ? this : Replaces?.Of(stamp);

    /// <summary>The version that a document's file shows all of; -1 if it may lack some, null if it is not one that we put or left
    /// there.</summary>
    public static long? ShownBy(StorePaths paths, FileStamp stamp) =>
        Read(paths)?.Of(stamp) is { } told ? told.IsLess ? -1 : told.Version : null;

    /// <summary>
    /// Whether it was made for this file, whatever was written to it, or for the one that this one takes the place of. The device is not
    /// asked: its number may be another after each start of the machine.
    /// </summary>
    public bool IsOf(FileStamp file) =>
        Stamp.Inode == 0 || file.Inode == 0 ||
        (Stamp.Inode == file.Inode && (Stamp.Created == file.Created || Stamp.Created == 0 || file.Created == 0)) ||
        Replaces?.IsOf(file) == true;

    public void Write(StorePaths paths)
    {
        using var file = Open(paths);
        Write(file);
    }

    /// <summary>
    /// Whether it tells that the store was not put back to an earlier state. Whoever puts an older copy of everything into the files that
    /// are there leaves no other trace: where it is gone, or was not written when the document was, nobody can say that he did not.
    /// </summary>
    /// <param name="paths">Where.</param>
    /// <param name="document">What the document is; null if there is none.</param>
    /// <param name="shown">The version that it shows; negative if that is not known.</param>
    public static bool Vouches(StorePaths paths, FileStamp? document, long shown)
    {
        if (Read(paths) is not { } told)
            return false;
        return told.IsKnownOf(document) || (told.Version >= shown && CanWrite(paths)) || !LocalFileSystem.Has(paths.Folder);
    }

    /// <summary>Whether it was made for this file, and not before there was any.</summary>
    public bool IsKnownOf(FileStamp? document) => document is { } file && Stamp != default && IsOf(file);

    private static bool CanWrite(StorePaths paths)
    {
        try
        {
            using var file = StoreFile.TryOpen(paths.Published, FileAccess.ReadWrite);
            return file is not null;
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            return false;
        }
    }

    /// <summary>The file, to be written to under the lock; null if it cannot be. Needs no lock itself.</summary>
    public static FileStream? Open(StorePaths paths)
    {
        try
        {
            if (StoreFile.TryOpen(paths.Published, FileAccess.ReadWrite) is { } file)
                return file;
            StoreFile.Ensure(paths.Published);
            return StoreFile.TryOpen(paths.Published, FileAccess.ReadWrite);
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            return null;
        }
    }

    /// <summary>
    /// Writes in place: a file of its own and a rename would keep the lock for milliseconds. Who reads half of it sees that by the
    /// checksum.
    /// </summary>
    public void Write(FileStream? file)
    {
        var line = new ByteBuffer(Length);
        line.Write("{");
        Write(line);
        line.Write($",\"cost\":{Cost},\"obstacle\":{(int)Obstacle}");
        if (Replaces is not null)
        {
            line.Write(",\"replaces\":{");
            Replaces.Write(line);
            line.Write("}");
        }
        // One length for all, so that nothing is left behind a shorter one.
        while (line.Length < Length - JournalLine.TailLength)
            line.Write(" "u8);
        JournalLine.Seal(line, 0);
        try
        {
            if (file is null)
                return;
            if (file.Length > line.Length)
                FileBytes.SetLength(file, line.Length);
            FileBytes.Write(file, file.SafeFileHandle, line.Written, 0);
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }

    // Null if the line has anything else than what is written here, which its checksum does not keep out.
    private static PublishedStamp? Parse(byte[] line)
    {
        var (numbers, replaced, name) = (new long[Names.Length], new long[Names.Length], 0);
        var (found, foundReplaced) = (0, 0);
        try
        {
            for (var reader = new Utf8JsonReader(line); reader.Read();)
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                    name = Array.IndexOf(Names, reader.GetString());
                if (reader.TokenType != JsonTokenType.Number || name < 0)
                    continue;
                if (!reader.TryGetInt64(out var number))
                    return null;
                if (reader.CurrentDepth > 1)
                    (replaced[name], foundReplaced) = (number, foundReplaced + 1);
                else
                    (numbers[name], found) = (number, found + 1);
            }
        }
        catch (JsonException)
        {
            return null;
        }
        return found == 0 ? null : From(numbers) with
        {
            Cost = Math.Min(Math.Max(numbers[7], 0), HighestCost),
            Obstacle = (DocumentObstacle)numbers[8],
            Replaces = foundReplaced == 0 ? null : From(replaced),
        };
    }

    private static byte[]? Whole(StorePaths paths)
    {
        try
        {
            return FileBytes.TryReadAll(paths.Published, Length);
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            return null;
        }
    }

    private static PublishedStamp From(ReadOnlySpan<long> numbers) =>
        new(numbers[0], new FileStamp(numbers[1], numbers[2], numbers[3], (ulong)numbers[4], (ulong)numbers[5], (int)numbers[6]))
        {
            IsLess = numbers[9] != 0,
        };

    private void Write(ByteBuffer line)
    {
        line.Write($"\"version\":{Version},\"length\":{Stamp.Length},\"modified\":{Stamp.Modified},\"created\":{Stamp.Created}");
        line.Write($",\"device\":{(long)Stamp.Device},\"inode\":{(long)Stamp.Inode},\"mode\":{Stamp.Mode}");
        if (IsLess)
            line.Write(",\"less\":1");
    }

    // No commit is refused for want of it: where it cannot be used, versions go on as in another life.
    private static bool IsHarmless(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or TaskLockingException;
}
