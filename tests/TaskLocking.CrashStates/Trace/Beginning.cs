using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.CrashStates.Disk;
using TaskLocking.Locking;

namespace TaskLocking.CrashStates.Trace;

/// <summary>
/// What a recording begins with, where that is what a power cut left: the files, what each was before, and what had been answered. Kept
/// beside the recording: <c>before</c> as it was, <c>seen</c> for the workers, <c>answers</c>.
/// </summary>
internal sealed class Beginning
{
    private readonly string _before;
    private readonly Dictionary<string, Identity> _seen = new(StringComparer.Ordinal);
    private readonly string[] _answers;

    private Beginning(string place)
    {
        _before = Path.Combine(place, "before");
        _answers = File.ReadAllLines(Path.Combine(place, "answers"));
        foreach (var words in File.ReadLines(SeenPath(place)).Select(line => line.Split(' ')))
        {
            ulong Number(int at) => ulong.Parse(words[at], CultureInfo.InvariantCulture);
            _seen[words[7]] = new Identity(Recording.Before, Number(3), Number(4), (long)Number(5), (long)Number(6));
        }
    }

    /// <summary>What the workers are told of the files; empty where they began with nothing.</summary>
    public static string SeenPath(string place) => Directory.Exists(Path.Combine(place, "before")) ? Path.Combine(place, "seen") : "";

    /// <summary>Null where they began with nothing.</summary>
    public static Beginning? Read(string place) => SeenPath(place).Length == 0 ? null : new Beginning(place);

    /// <summary>Keeps what was put into the workspace.</summary>
    public static void Write(string place, DiskState state)
    {
        state.WriteTo(Directory.CreateDirectory(Path.Combine(place, "before")).FullName);
        File.WriteAllLines(Path.Combine(place, "answers"), state.Answers);
        var known = state.Files.Where(file => file is { Bytes: not null, Identity: not null });
        File.WriteAllLines(SeenPath(place), known.Select(file => Seen(Path.Combine(place, "workspace", file.Path), file)));
    }

    private static string Seen(string path, StateFile file)
    {
        var (stamp, was) = (FileStamp.Of(path)!.Value, file.Identity!);
        long[] numbers = [(long)stamp.Device, (long)stamp.Inode, stamp.Created, (long)was.Device, (long)was.Inode, was.Created,
            stamp.Modified];
        return string.Join(' ', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))) + ' ' + file.Path;
    }

    public bool IsFolder(string path) => Directory.Exists(Path.Combine(_before, path));

    /// <summary>Makes it all part of a recording.</summary>
    /// <param name="make">Makes a file or a folder by its path.</param>
    /// <param name="recording">Where.</param>
    public void Give(Func<string, Node> make, Recording recording)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        var paths = Directory.EnumerateFileSystemEntries(_before, "*", all).Select(path => Path.GetRelativePath(_before, path));
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            var node = make(path);
            if (node.IsFolder)
                continue;
            node.Changes.Add(new DataChange(Recording.Before, 0, File.ReadAllBytes(Path.Combine(_before, path))));
            if (_seen.TryGetValue(path, out var identity))
                node.Identities.Add(identity);
        }
        recording.FlushBeginning();
        recording.Answers.AddRange(_answers.Select(answer => new Answer(Recording.Before, answer)));
    }
}
