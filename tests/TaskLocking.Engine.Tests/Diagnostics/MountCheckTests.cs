using System;
using TaskLocking.Locking;
using TaskLocking.SelfTest;
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
    [InlineData("nfs4", "rw,relatime,vers=4.2,local_lock=none", null)]
    [InlineData("nfs", "rw,vers=3,local_lock=all", "local_lock=all")]
    [InlineData("nfs", "rw,nolock,vers=3", "nolock")]
    [InlineData("cifs", "rw,vers=3.1.1,nobrl", "nobrl")]
    [InlineData("ext4", "rw,nolock", null)]
    public void Warns_of_an_option_that_keeps_locks_to_this_machine(string type, string options, string? option)
    {
        var told = MountCheck.Run(new MountInfo("/data", type, options));
        Assert.Equal(option is not null, told.StartsWith("Warning:", StringComparison.Ordinal));
        if (option is not null)
            Assert.Contains($"'{option}'", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nfs4")]
    [InlineData("cifs")]
    [InlineData("smb3")]
    public void Tells_what_two_machines_have_to_show_on_a_share(string type)
    {
        var told = MountCheck.Run(new MountInfo("/data", type));
        Assert.All(["tasklock lock", "tasklock task set", "LockTimeout"], part => Assert.Contains(part, told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nfs4")]
    [InlineData("cifs")]
    [InlineData("fuse.sshfs")]
    public void Names_a_network_type(string type) =>
        Assert.Contains(type, MountCheck.Run(new MountInfo("/data", type)), StringComparison.Ordinal);
}
