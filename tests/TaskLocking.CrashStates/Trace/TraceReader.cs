using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using TaskLocking.CrashStates.Disk;

namespace TaskLocking.CrashStates.Trace;

/// <summary>
/// Makes a recording of what strace wrote, one file a thread. Calls of different threads are ordered by the time: a call that began when
/// another was over came after it; of two that overlap the one that began first is taken to have been first, so that nothing counts
/// as a fault that can have been right.
/// </summary>
internal sealed class TraceReader
{
    private const int Output = 1;

    private readonly string _root;
    private readonly Recording _recording;
    private readonly Dictionary<Entry, Node> _names = [];
    private readonly Dictionary<int, int> _processes = []; // of a thread
    private readonly Dictionary<(int Process, int Descriptor), Opened> _open = [];
    private readonly HashSet<string> _outputs = []; // the pipes that are somebody's standard output, whatever their descriptors
    private readonly Dictionary<int, StringBuilder> _said = [];
    private int _opened;

    private TraceReader(string root, string name)
    {
        _root = root;
        _recording = new Recording(name);
        _recording.Nodes.Add(_recording.Root);
    }

    // An open file and where it is written next.
    private sealed class Opened(Node node, bool appends, (int Number, long Opened) descriptor)
    {
        public Node Node => node;

        public bool Appends => appends;

        public (int Number, long Opened) Descriptor => descriptor;

        public long Position { get; set; }
    }

    /// <param name="name">The scene.</param>
    /// <param name="root">The workspace.</param>
    /// <param name="folder">What strace wrote, and nothing else.</param>
    /// <param name="beginning">What was there before; null: nothing.</param>
    /// <exception cref="InvalidDataException">Something was done to the workspace that is not understood.</exception>
    public static Recording Read(string name, string root, string folder, Beginning? beginning = null)
    {
        var reader = new TraceReader(root, name);
        beginning?.Give(path => reader.Make(Recording.Before, Path.Combine(root, path), beginning.IsFolder(path)), reader._recording);
        var calls = Directory.EnumerateFiles(folder).SelectMany(ReadThread).ToList();
        foreach (var (_, act) in calls.SelectMany(reader.StepsOf).OrderBy(step => step.At))
            act();
        return reader._recording;
    }

    private static IEnumerable<Call> ReadThread(string path)
    {
        var thread = int.Parse(Path.GetExtension(path).AsSpan(1), CultureInfo.InvariantCulture);
        // One char a byte: what is not ASCII strace escapes.
        return File.ReadLines(path, Encoding.Latin1).Select(line => TraceText.Parse(thread, line)).OfType<Call>();
    }

    // A file that is opened is made at the beginning; its descriptor is there at the end, when another may just have given up the same.
    private IEnumerable<(long At, Action Act)> StepsOf(Call call) =>
        call is { Succeeded: true, Name: "open" or "openat" or "openat2" or "creat" }
            ? [(call.Start, () => Make(call)), (call.End, () => Open(call))]
            : [(call.Start, () => Take(call))];

    private void Take(Call call)
    {
        if (call.Name is "fsync" or "fdatasync" && (Find(call) ?? FolderOf(call)) is { } flushed)
            flushed.Node.Flushes.Add(new Flush(call.Start, call.End, Failed: !call.Succeeded, flushed.Descriptor));
        else if (call.Succeeded)
            Do(call);
    }

    private void Do(Call call)
    {
        switch (call.Name)
        {
            case "close":
                _open.Remove((ProcessOf(call.Thread), call.Descriptor(0)));
                break;
            case "dup" or "dup2" or "dup3" or "fcntl":
                if (call.Name != "fcntl" || call.Arguments[1].StartsWith("F_DUPFD", StringComparison.Ordinal))
                    Double(call);
                break;
            case "write":
                Write(call, null);
                break;
            case "pwrite64":
                Write(call, call.Number(3));
                break;
            case "ftruncate":
                Find(call)?.Node.Changes.Add(new DataChange(call.Start, call.Number(1), null));
                break;
            case "statx":
                Identify(call);
                break;
            case "rename":
                Move(call.Start, call.Text(0), call.Text(1));
                break;
            case "renameat" or "renameat2":
                Move(call.Start, call.Text(1), call.Text(3));
                break;
            case "unlink" or "rmdir":
                Remove(call.Start, call.Text(0));
                break;
            case "unlinkat":
                Remove(call.Start, call.Text(1));
                break;
            case "mkdir":
                Make(call.Start, call.Text(0), isFolder: true);
                break;
            case "mkdirat":
                Make(call.Start, call.Text(1), isFolder: true);
                break;
            case "fallocate" when call.Arguments[1] == "FALLOC_FL_KEEP_SIZE": // room, and nothing in it
                break;
            case "clone" or "clone3" or "fork" or "vfork":
                Begin(call);
                break;
            default:
                Refuse(call);
                break;
        }
    }

    // What would change a file in a way that is not read here.
    private void Refuse(Call call)
    {
        if (call.Arguments.Any(argument => argument.Contains(_root + "/", StringComparison.Ordinal)))
            throw new InvalidDataException($"{call.Name}({string.Join(", ", call.Arguments)}) is not understood");
    }

    private int ProcessOf(int thread) => _processes.GetValueOrDefault(thread, thread);

    private void Begin(Call call)
    {
        var (child, parent) = ((int)call.Result, ProcessOf(call.Thread));
        if (call.Arguments.Any(argument => argument.Contains("CLONE_THREAD", StringComparison.Ordinal)))
        {
            _processes[child] = parent;
            return;
        }
        _processes[child] = child;
        foreach (var (key, opened) in _open.Where(each => each.Key.Process == parent).ToList())
            _open[(child, key.Descriptor)] = opened;
    }

    private void Double(Call call)
    {
        if (PipeOf(call) is { } pipe && call.Descriptor(0) == Output)
            _outputs.Add(pipe);
        else if (Find(call) is not null)
            throw new InvalidDataException($"{call.Name} gives '{call.Arguments[0]}' another descriptor");
    }

    private static string? PipeOf(Call call) =>
        call.Arguments[0].IndexOf('<', StringComparison.Ordinal) is var at and > 0 ? call.Arguments[0][at..] : null;

    private Opened? Find(Call call) => _open.GetValueOrDefault((ProcessOf(call.Thread), call.Descriptor(0)));

    // Where threads open and close at once, the order of their calls may be told wrongly. A folder is not renamed: its name says which it
    // is.
    private Opened? FolderOf(Call call)
    {
        var named = call.Arguments[0];
        var path = named[(named.IndexOf('<', StringComparison.Ordinal) + 1)..].TrimEnd('>');
        var node = path == _root ? _recording.Root : EntryOf(path) is { } entry ? _names.GetValueOrDefault(entry) : null;
        return node is { IsFolder: true } ? new Opened(node, appends: false, (++_opened, call.Start)) : null;
    }

    private static (string Path, string Flags) Opening(Call call) => call.Name switch
    {
        "creat" => (call.Text(0), "O_CREAT|O_TRUNC"),
        "open" => (call.Text(0), call.Arguments[1]),
        _ => (call.Text(1), call.Arguments[2]),
    };

    private void Make(Call call)
    {
        var (path, flags) = Opening(call);
        if (EntryOf(path) is not { } entry)
            return;
        var isThere = _names.TryGetValue(entry, out var node) && !flags.Contains("O_EXCL", StringComparison.Ordinal);
        if (!isThere && flags.Contains("O_CREAT", StringComparison.Ordinal))
            Make(call.Start, path, isFolder: false);
        else if (isThere && flags.Contains("O_TRUNC", StringComparison.Ordinal))
            node!.Changes.Add(new DataChange(call.Start, 0, null));
    }

    private void Open(Call call)
    {
        var (path, flags) = Opening(call);
        var node = path == _root ? _recording.Root : EntryOf(path) is { } entry ? _names.GetValueOrDefault(entry) : null;
        var key = (ProcessOf(call.Thread), (int)call.Result);
        if (node is not null)
            _open[key] = new Opened(node, flags.Contains("O_APPEND", StringComparison.Ordinal), (++_opened, call.End));
        else
            _open.Remove(key); // What was renamed meanwhile and is written to is refused below.
    }

    private void Write(Call call, long? offset)
    {
        if (Find(call) is { } opened)
        {
            var at = offset ?? (opened.Appends ? opened.Node.Changes.Select(change => change.End).DefaultIfEmpty().Max() : opened.Position);
            opened.Node.Changes.Add(new DataChange(call.Start, at, call.Bytes(1).AsSpan(0, (int)call.Result).ToArray()));
            opened.Position = at + call.Result;
        }
        else if (offset is null && PipeOf(call) is { } pipe && (call.Descriptor(0) == Output || _outputs.Contains(pipe)))
        {
            Say(call);
        }
    }

    private void Say(Call call)
    {
        var process = ProcessOf(call.Thread);
        if (!_said.TryGetValue(process, out var said))
            _said[process] = said = new StringBuilder();
        said.Append(Encoding.UTF8.GetString(call.Bytes(1)));
        for (var end = said.ToString().IndexOf('\n'); end >= 0; end = said.ToString().IndexOf('\n'))
        {
            _recording.Answers.Add(new Answer(call.Start, said.ToString(0, end)));
            said.Remove(0, end + 1);
        }
    }

    private void Identify(Call call)
    {
        var entry = EntryOf(call.Text(1));
        var node = call.Text(1).Length == 0 ? Find(call)?.Node : entry is { } name ? _names.GetValueOrDefault(name) : null;
        if (node is not { IsFolder: false })
            return;
        var told = StatOf(call.Start, call.Arguments[4]);
        // What was there before was seen as what it had been.
        if (node.Identities is [{ At: Recording.Before } first, ..])
            told = first with { At = told.At, Modified = told.Modified };
        node.Identities.Add(told);
    }

    private static Identity StatOf(long at, string written)
    {
        return new(at, Number("stx_dev_major") << 32 | Number("stx_dev_minor"), Number("stx_ino"), Ticks("stx_btime"), Ticks("stx_mtime"));

        ulong Number(string name) => TraceText.Member(written, name) is not { } text ? 0
            : Convert.ToUInt64(text, text.StartsWith("0x", StringComparison.Ordinal) ? 16 : 10);

        long Ticks(string name) => TraceText.Member(written, name) is not { } time ? 0
            : (Leading(time, "tv_sec=") * TimeSpan.TicksPerSecond) + (Leading(time, "tv_nsec=") / 100);

        static long Leading(string time, string name) =>
            TraceText.Leading(time.AsSpan(time.IndexOf(name, StringComparison.Ordinal) + name.Length));
    }

    private Node Make(long start, string path, bool isFolder)
    {
        var entry = EntryOf(path);
        var node = new Node(_recording.Nodes.Count, isFolder, Path.GetFileName(path));
        if (entry is not { } name)
            return node;
        _recording.Nodes.Add(node);
        _recording.Names.Add(new NameChange(start, node, null, name));
        return _names[name] = node;
    }

    private void Remove(long start, string path)
    {
        if (EntryOf(path) is { } entry && _names.Remove(entry, out var node))
            _recording.Names.Add(new NameChange(start, node, entry, null));
    }

    private void Move(long start, string from, string to)
    {
        if (EntryOf(from) is not { } old || !_names.Remove(old, out var node))
            return;
        if (EntryOf(to) is not { } entry)
            throw new InvalidDataException($"'{from}' left the workspace");
        _names[entry] = node;
        _recording.Names.Add(new NameChange(start, node, old, entry));
    }

    // Null outside of the workspace.
    private Entry? EntryOf(string path)
    {
        if (!path.StartsWith(_root + "/", StringComparison.Ordinal))
            return null;
        var folder = _recording.Root;
        var parts = path[(_root.Length + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts.AsSpan(0, parts.Length - 1))
        {
            if (!_names.TryGetValue(new Entry(folder, part), out var next))
                return null;
            folder = next;
        }
        return new Entry(folder, parts[^1]);
    }
}
