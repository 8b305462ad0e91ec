using TaskLocking.Locking;
using Xunit;

namespace TaskLocking.Tests.Safety;

/// <summary>Which mount a path lies on, and whether one machine alone writes there.</summary>
public sealed class MountTableTests
{
    private static readonly string[] Lines =
    [
        "20 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
        "21 20 0:40 / /data rw - nfs4 server:/data rw,vers=4.2",
        "22 21 8:2 / /data/fast rw - xfs /dev/sdb1 rw",
        "23 20 0:41 /sub/folder /bind rw - fuse.juicefs JuiceFS:x rw",
        @"24 20 0:42 / /with\040blank\011tab\012line\134back rw - cifs //s/x rw",
        "25 20 0:43 / /twice rw - ext4 /dev/sdc1 rw",
        "26 20 0:44 / /twice rw - virtiofs host rw",
        "27 20 0:45 / /hidden/inner rw - btrfs /dev/sdd rw",
        "28 20 0:46 / /hidden rw - 9p host rw",
    ];

    [Theory]
    [InlineData("/home", "/", "ext4")]
    [InlineData("/data", "/data", "nfs4")]
    [InlineData("/database", "/", "ext4")]
    [InlineData("/data/slow/x", "/data", "nfs4")]
    [InlineData("/data/fast/x", "/data/fast", "xfs")]
    [InlineData("/bind/x", "/bind", "fuse.juicefs")]
    [InlineData("/with blank\ttab\nline\\back/x", "/with blank\ttab\nline\\back", "cifs")]
    [InlineData("/twice/x", "/twice", "virtiofs")]
    public void The_longest_point_wins_and_the_last_of_equals(string path, string point, string type)
    {
        var found = MountTable.Find(Lines, path, number: 0);
        Assert.Equal((point, type), (found.Point, found.Type));
    }

    [Fact]
    public void The_kernels_number_wins_over_every_name()
    {
        // What is mounted over a mount hides it, however long the hidden one's name is.
        Assert.Equal("9p", MountTable.Find(Lines, "/hidden/inner/x", number: 28).Type);
        Assert.Equal("ext4", MountTable.Find(Lines, "/twice/x", number: 25).Type);
        Assert.Equal("btrfs", MountTable.Find(Lines, "/hidden/inner/x", number: 99).Type);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a line")]
    [InlineData("1 2 3 - ext4")]
    public void What_is_no_line_of_it_tells_nothing(string line) => Assert.Null(MountTable.Find([line], "/x", 0).Type);

    [Theory]
    [InlineData(@"\040", " ")]
    [InlineData(@"a\134040", @"a\040")]
    [InlineData(@"\04", @"\04")]
    [InlineData(@"\999", @"\999")]
    [InlineData(@"x\", @"x\")]
    [InlineData(@"\043", "#")]
    public void Escapes_are_taken_once_and_whole(string word, string text) => Assert.Equal(text, MountTable.Unescape(word));

    [Theory]
    [InlineData("ext4", false)]
    [InlineData("xfs", false)]
    [InlineData("btrfs", false)]
    [InlineData("zfs", false)]
    [InlineData("tmpfs", false)]
    [InlineData("overlay", false)]
    [InlineData("NTFS", false)]
    [InlineData("apfs", false)]
    [InlineData("overlay on virtiofs", true)]
    [InlineData("nfs4", true)]
    [InlineData("9p", true)]
    [InlineData("virtiofs", true)]
    [InlineData("drvfs", true)]
    [InlineData("vboxsf", true)]
    [InlineData("fuse", true)]
    [InlineData("fuseblk", true)]
    [InlineData("fuse.juicefs", true)]
    [InlineData("fuse.bindfs", true)]
    [InlineData("somethingnew", true)]
    [InlineData(null, true)]
    public void Only_what_is_known_to_be_local_is(string? type, bool isShare) => Assert.Equal(isShare, new MountInfo("/x", type).IsShare);

    [Fact]
    public void The_mount_of_a_link_is_where_it_leads()
    {
        Assert.SkipUnless(System.IO.Directory.Exists("/dev/shm"), "Needs a second mount.");
        using var place = new Storage.TempWorkspace();
        using var memory = new Storage.TempWorkspace(inMemory: true);
        System.IO.File.CreateSymbolicLink(place.In("link"), memory.Path);
        Assert.Equal("/dev/shm", MountInfo.Of(place.In("link")).Point);
        Assert.Equal("/dev/shm", MountInfo.Of(place.In("link", "not", "there", "yet")).Point);
        Assert.Equal(MountInfo.Of(place.Path), MountInfo.Of(place.In("not", "there", "yet")));
    }
}
