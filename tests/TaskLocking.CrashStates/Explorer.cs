using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TaskLocking.CrashStates.Checks;
using TaskLocking.CrashStates.Disk;
using TaskLocking.CrashStates.Trace;

namespace TaskLocking.CrashStates;

/// <summary>
/// Records scenes, makes states of them, opens each with the product, and tells which do not keep what was acknowledged. Prints <c>fault
/// STATE SCENE WHAT</c> for each, and at last <c>N states, N faults</c>; the recordings stay where there are faults.
/// </summary>
internal sealed class Explorer(ExplorerOptions options)
{
    public const int Unsupported = 77;

    private const string Memory = "/dev/shm";
    private const int MostTold = 20;
    private const int FirstLeft = 100_000_000 / 16; // a state that is not looked at

    private readonly string _place = Directory.CreateTempSubdirectory("tasklocking-crash-states-").FullName;
    private readonly HashSet<ulong> _seen = [];
    private int _faults;

    /// <summary>Gives the exit code: 0 where nothing was found.</summary>
    public int Run()
    {
        var watch = Stopwatch.StartNew();
        Console.WriteLine($"seed {options.Seed}");
        var recordings = options.Recordings is { } kept ? Recorder.ReadAll(kept) : Record();
        Console.WriteLine($"{recordings.Count} recordings, {recordings.Sum(recording => recording.Moments.Count)} moments, " +
            $"{recordings.Sum(recording => recording.Answers.Count)} answers ({watch.Elapsed.TotalSeconds:0} s)");
        if (options.State is { } state)
            Show(recordings, state);
        else
            Explore(recordings);
        Console.WriteLine($"{_seen.Count} states, {_faults} faults ({watch.Elapsed.TotalSeconds:0} s)");
        if (_faults == 0 || options.Recordings is not null)
            Directory.Delete(_place, recursive: true);
        else
            Console.WriteLine($"Again: --recordings {_place} --seed {options.Seed} --state N");
        return _faults == 0 ? 0 : 1;
    }

    private List<Recording> Record()
    {
        var recorder = new Recorder(_place, options.Planted);
        var scenes = Scene.All(options.Seed).Where(scene => scene.Name.Contains(options.Scene ?? "", StringComparison.Ordinal));
        var recordings = scenes.Select(recorder.Record).ToList();
        // Who sets right what a power cut left may be met by the next one.
        for (var index = 0; index < recordings.Count; index++)
        {
            var state = new DiskState(recordings, options.Seed, (recordings.Count * FirstLeft) + index);
            recorder.RecordAfter(state, Scene.After(options.Seed + index));
        }
        return Recorder.ReadAll(_place); // in the order in which they are found again
    }

    private void Explore(List<Recording> recordings)
    {
        var number = -1;
        // Where a recording is short there are not so many.
        var most = options.States * 4;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (_seen.Count < options.States && Interlocked.Increment(ref number) is var next && next < most)
            {
                var state = new DiskState(recordings, options.Seed, next);
                lock (_seen)
                {
                    if (_seen.Count >= options.States || !_seen.Add(state.Fingerprint()))
                        continue;
                }
                Look(state);
            }
        });
    }

    private void Look(DiskState state)
    {
        var folder = Path.Combine(Directory.Exists(Memory) ? Memory : _place, $"tasklocking-crash-{Environment.ProcessId}-{state.Number}");
        using var machine = new Machine(folder, state);
        foreach (var fault in new StoreCheck(machine, state).Run())
        {
            if (Interlocked.Increment(ref _faults) <= MostTold)
                Console.WriteLine($"fault\t{state.Number}\t{state.Recording.Name}\t{fault}");
        }
    }

    private void Show(List<Recording> recordings, int number)
    {
        var state = new DiskState(recordings, options.Seed, number);
        _seen.Add(state.Fingerprint());
        var moments = state.Recording.Moments;
        Console.WriteLine($"{state.Recording.Name}, moment {moments.IndexOf(state.Moment)} of {moments.Count}");
        var files = state.Files.Select(file => $"{file.Path} {file.Bytes?.Length} {file.Node}");
        foreach (var told in state.Told.Concat(files).Concat(state.Answers))
            Console.WriteLine("  " + told);
        if (options.Keep is { } keep)
            state.WriteTo(Directory.CreateDirectory(keep).FullName); // as it is, before anybody has opened it
        Look(state);
    }
}
