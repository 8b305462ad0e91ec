using System;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;
using Xunit;

namespace TaskLocking.Tests.Diagnostics;

public sealed class MountCheckTests
{
    [Theory]
    [InlineData("ext4", false)]
    [InlineData("NTFS", false)]
    [InlineData("nfs4", false)]
    [InlineData("fuse.sshfs", true)]
    [InlineData("vboxsf", true)]
    [InlineData(null, false)]
    public void Warns_where_locks_are_known_to_end_at_this_machine(string? type, bool warns) =>
        Assert.Equal(warns, MountCheck.Run(new MountInfo("/data", type)).StartsWith("Warning:", StringComparison.Ordinal));

    [Theory]
    [InlineData("nfs4")]
    [InlineData("cifs")]
    [InlineData("fuse.sshfs")]
    public void Names_a_network_type(string type) => Assert.Contains(type, MountCheck.Run(new MountInfo("/data", type)), StringComparison.Ordinal);
}
