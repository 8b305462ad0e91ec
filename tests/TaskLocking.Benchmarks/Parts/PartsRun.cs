using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace TaskLocking.Benchmarks.Parts;

/// <summary>Runs the parts by BenchmarkDotNet, inside this process: no second build, no other settings than those of the goals.</summary>
internal static class PartsRun
{
    public static int Run()
    {
        var config = ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkRunner.Run([typeof(LockParts), typeof(BoardParts)], config);
        return 0;
    }
}
