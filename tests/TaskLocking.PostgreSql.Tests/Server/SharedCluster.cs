using TaskLocking.Tests.Server;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedCluster))]

namespace TaskLocking.Tests.Server;

/// <summary>The cluster of all tests that leave a server as it was.</summary>
public sealed class SharedCluster : ScratchCluster
{
    public SharedCluster()
    {
        Current = this;
        // Who runs the tests may have a relay; it is none of theirs.
        System.Environment.SetEnvironmentVariable(TaskLocking.PostgreSql.RelayPlace.Variable, "off");
    }

    public static SharedCluster Current { get; private set; } = null!;
}
