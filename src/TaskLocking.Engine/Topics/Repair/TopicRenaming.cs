using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using TaskLocking.Locking;

namespace TaskLocking.Topics;

/// <summary>
/// Moves folders and writes links, all or nothing: everything is looked at before the first change, and what was done is undone when
/// something fails. Call under the root's locks.
/// </summary>
/// <param name="root">The root.</param>
/// <param name="moves">Names in it, old and new.</param>
/// <param name="edits">The files that name them.</param>
internal sealed class TopicRenaming(string root, IReadOnlyDictionary<string, string> moves, IReadOnlyList<FileEdit> edits)
{
    /// <summary>The file in a topic that says which number it had.</summary>
    public const string RecordName = ".renumbered";

    private readonly Stack<Action> _undo = new();

    /// <summary>Does it.</summary>
    /// <param name="now">For the record.</param>
    /// <exception cref="TaskLockingException">VersionChanged: something is not as it was read; what the system said. Nothing is changed
    /// then.</exception>
    public void Run(DateTimeOffset now)
    {
        Validate();
        try
        {
            foreach (var edit in edits)
                Do(() => Replace(edit.Path, edit.After), () => Replace(edit.Path, edit.Before));
            foreach (var move in moves)
            {
                var (from, to) = (Path.Combine(root, move.Key), Path.Combine(root, move.Value));
                Do(() => FolderMove.Move(from, to), () => FolderMove.Move(to, from));
                Record(Path.Combine(to, RecordName), move.Key, now);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TaskLockingException)
        {
            Undo();
            throw IoRefusal.From(exception, root);
        }
    }

    private void Validate()
    {
        foreach (var move in moves)
        {
            if (!Directory.Exists(Path.Combine(root, move.Key)) || FileFacts.At(Path.Combine(root, move.Value)) is not null)
                throw Changed(Path.Combine(root, move.Key));
        }
        foreach (var edit in edits)
        {
            if (!File.Exists(edit.Path) || !File.ReadAllBytes(edit.Path).SequenceEqual(edit.Before))
                throw Changed(edit.Path);
            // Whether it may be written is seen before anything is.
            Try(() => new FileStream(edit.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1).Dispose(), edit.Path);
        }
    }

    private void Record(string path, string name, DateTimeOffset now)
    {
        var before = File.Exists(path) ? File.ReadAllBytes(path) : null;
        var line = $"was {TopicFolderName.Format(TopicFolderName.NumberOf(name.AsSpan()))} ({name}) until {now:yyyy-MM-dd}\n";
        byte[] after = [.. before ?? [], .. Encoding.UTF8.GetBytes(line)];
        Do(() => File.WriteAllBytes(path, after), () =>
        {
            if (before is null)
                File.Delete(path);
            else
                File.WriteAllBytes(path, before);
        });
    }

    private void Do(Action step, Action back)
    {
        step();
        _undo.Push(back);
    }

    private void Undo()
    {
        while (_undo.Count > 0)
        {
            var back = _undo.Pop();
            try
            {
                back();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TaskLockingException)
            {
                System.Diagnostics.Debug.WriteLine(exception); // git has the file as it was; the refusal on its way says where
            }
        }
    }

    private static void Replace(string path, byte[] bytes) =>
        FileBytes.Replace(FileBytes.WriteBeside(path, bytes, durable: false), path);

    private static void Try(Action look, string path)
    {
        try
        {
            look();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, path);
        }
    }

    private static TaskLockingException Changed(string path) => new(new Refusal(RefusalCode.VersionChanged,
        $"'{path}' is not as it was a moment ago; nothing was changed. Try again.")
    { Path = path });
}
