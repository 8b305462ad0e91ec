using System;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>What all goals share: options, the scratch folder, the peers and the published command line.</summary>
internal sealed class Bench : IDisposable
{
    public Bench(BenchmarkOptions options)
    {
        Options = options;
        Scratch = new Scratch();
        Peers = new Peers(Scratch);
        CommandLine = new CommandLine(Scratch);
        Module = new Module(Peers);
    }

    public BenchmarkOptions Options { get; }

    public Scratch Scratch { get; }

    public Peers Peers { get; }

    public CommandLine CommandLine { get; }

    public Module Module { get; }

    public void Dispose() => Scratch.Dispose();
}
