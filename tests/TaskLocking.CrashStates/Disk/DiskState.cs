using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace TaskLocking.CrashStates.Disk;

/// <summary>
/// One state that the disk may be in after the power failed, by its number: the same number and recordings give the same state.
/// </summary>
/// <remarks>
/// <para>What is allowed is POSIX's strict side, as ALICE and CrashMonkey have it, and not what one file system does in its kindness. What
/// was flushed is there. Of what was not, each sector and each length for itself may be at any of its changes (<see cref="FileState"/>),
/// each name likewise (<see cref="NameState"/>), in any order among one another: a rename without the bytes of its file, the bytes without
/// the name, a later change without an earlier one of another file. A call that was under way may have done all, a part or nothing.</para>
/// <para>Inode, birth and, mostly, the time of the last change stay a file's own. Rights are as new files have them here. What was never
/// written is zeros and not what somebody else left on the disk. What is only in memory, pages that processes share, is gone.</para>
/// </remarks>
internal sealed class DiskState
{
    private readonly List<StateFile> _files = [];
    private readonly List<string> _told = [];

    /// <param name="recordings">One of these.</param>
    /// <param name="seed">Of the run.</param>
    /// <param name="number">Of the state.</param>
    public DiskState(IReadOnlyList<Recording> recordings, int seed, int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) ^ (number * 7919)));
        Number = number;
        Recording = recordings[number % recordings.Count];
        var moments = Recording.Moments;
        Moment = moments[random.Next(moments.Count)];
        var choice = new Choice(random);
        var names = NameState.Of(Recording, Moment, choice, out var dropped);
        _told.AddRange(dropped.Select(change => "not kept: " + change));
        var folders = names.Where(name => name.Value.IsFolder).ToDictionary(name => name.Value, name => name.Key);
        foreach (var (entry, node) in names.OrderBy(name => name.Value.Number))
        {
            if (PathOf(entry, folders) is not { } path)
                continue;
            byte[]? bytes = null;
            if (!node.IsFolder)
            {
                bytes = FileState.Of(node, Moment, choice, out var kept);
                if (kept.Length > 0)
                    _told.Add(kept);
            }
            var identity = node.Identities.LastOrDefault(told => told.At < Moment) ?? node.Identities.FirstOrDefault();
            _files.Add(new StateFile(path, node, bytes, identity, choice.KeepsTime()));
        }
        _files.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
    }

    public int Number { get; }

    public Recording Recording { get; }

    /// <summary>When the power failed.</summary>
    public long Moment { get; }

    /// <summary>Files and folders, each folder before what is in it.</summary>
    public IReadOnlyList<StateFile> Files => _files;

    /// <summary>What was answered by then.</summary>
    public IEnumerable<string> Answers => Recording.Answers.Where(answer => answer.Start < Moment).Select(answer => answer.Line);

    /// <summary>What was not kept.</summary>
    public IReadOnlyList<string> Told => _told;

    /// <summary>Puts the files into a folder that is there.</summary>
    public void WriteTo(string folder)
    {
        foreach (var file in _files)
        {
            var path = Path.Combine(folder, file.Path);
            if (file.Bytes is not { } bytes)
            {
                Directory.CreateDirectory(path);
                continue;
            }
            File.WriteAllBytes(path, bytes);
            if (file is { KeepsTime: true, Identity: { } identity })
                File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddTicks(identity.Modified));
        }
    }

    /// <summary>The same for states in which the same is on the disk and the same was answered.</summary>
    public ulong Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in _files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Path}\0{file.Node.Number}\0{file.KeepsTime}\0"));
            hash.AppendData(file.Bytes ?? []);
        }
        hash.AppendData(Encoding.UTF8.GetBytes($"{Recording.Name}\0{Answers.Count()}"));
        return BitConverter.ToUInt64(hash.GetHashAndReset());
    }

    // Null where a folder above it is not there.
    private string? PathOf(Entry entry, Dictionary<Node, Entry> folders) => entry.Folder == Recording.Root ? entry.Name
        : folders.TryGetValue(entry.Folder, out var above) && PathOf(above, folders) is { } path ? Path.Combine(path, entry.Name) : null;
}
