namespace TaskLocking.Locking;

/// <summary>What Windows tells of a file or folder; times in its own ticks of 100 ns since 1601.</summary>
/// <param name="Attributes">FILE_ATTRIBUTE_…</param>
/// <param name="Tag">What kind of other thing stands at the name, be it a link; 0 for none.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Written">When it was last written to.</param>
/// <param name="Made">When it was made. A file that takes the name of one that went within 15 seconds gets that one's.</param>
/// <param name="Volume">The serial number of the volume.</param>
/// <param name="Number">Of the file on the volume, as long as there is the file; 0 where the file system does not keep it.</param>
/// <param name="Names">How many names it has.</param>
internal readonly record struct WindowsFileFacts(uint Attributes, uint Tag, long Length, long Written, long Made, uint Volume, ulong Number,
    uint Names)
{
    private const uint Folder = 0x10;
    private const uint SymbolicLink = 0xA000000C;
    private const uint Junction = 0xA0000003;

    // 1601 to the year 1.
    private const long Epoch = 504_911_232_000_000_000;

    public bool IsFolder => (Attributes & Folder) != 0;

    public bool IsFile => !IsFolder;

    /// <summary>Other things than links have tags, too: files that were moved to a slower disk, or into the cloud.</summary>
    public bool IsLink => Tag is SymbolicLink or Junction;

    /// <summary>Where the file has a number, no time tells who it is: see <see cref="Made"/>.</summary>
    public FileStamp Stamp => Number != 0
        ? new(IsFolder ? 0 : Length, Written + Epoch, 0, Volume, Number, 0)
        : new(IsFolder ? 0 : Length, Written + Epoch, Made + Epoch, 0, 0, 0);
}
