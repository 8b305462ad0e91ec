using System.IO;
using BenchmarkDotNet.Attributes;
using TaskLocking.Locking;

namespace TaskLocking.Benchmarks.Parts;

/// <summary>The lock alone.</summary>
[MemoryDiagnoser]
public class LockParts
{
    private string _folder = "";
    private string _path = "";

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("tasklocking").FullName;
        _path = Path.Combine(_folder, "a.lock");
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public void AcquireAndRelease() => ExclusiveLock.Acquire(_path).Dispose();

    [Benchmark]
    public void OpenAndCloseByFileStream() =>
        new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1).Dispose();
}
