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
    public static string SeenPath(string place) => Path.Combine(place, "seen") is var path && Directory.Exists(Path.Combine(place, "before")) ? path : "";

    /// <summary>Null where they began with nothing.</summary>
    public static Beginning? Read(string place) => SeenPath(place).Length == 0 ? null : new Beginning(place);

    /// <summary>Keeps what was put into the workspace.</summary>
    public static void Write(string place, DiskState state)
    {
        state.WriteTo(Directory.CreateDirectory(Path.Combine(place, "before")).FullName);
        File.WriteAllLines(Path.Combine(place, "answers"), state.Answers);
        File.WriteAllLines(SeenPath(place), state.Files.Where(file => file is { Bytes: not null, Identity: not null }).Select(file =>
        {
            var (stamp, was) = (FileStamp.Of(Path.Combine(place, "workspace", file.Path))!.Value, file.Identity!);
            return FormattableString.Invariant($"{stamp.Device} {stamp.Inode} {stamp.Created} {was.Device} {was.Inode} {was.Created} {stamp.Modified} {file.Path}");
        }));
    }

    public bool IsFolder(string path) => Directory.Exists(Path.Combine(_before, path));

    /// <summary>Makes it all part of a recording.</summary>
    /// <param name="make">Makes a file or a folder by its path.</param>
    /// <param name="recording">Where.</param>
    public void Give(Func<string, Node> make, Recording recording)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(_before, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(path => Path.GetRelativePath(_before, path)).Order(StringComparer.Ordinal))
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
