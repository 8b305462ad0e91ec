using TaskLocking.Paths;
using Xunit;

namespace TaskLocking.Tests.Leases;

/// <summary>What paths mean on Windows, as text: known on every system.</summary>
public sealed class WindowsPathTests
{
    [Theory]
    [InlineData("CON")]
    [InlineData("nul")]
    [InlineData("Aux.txt")]
    [InlineData("src/prn.tar.gz")]
    [InlineData(@"src\com1\a.cs")]
    [InlineData("LPT9/")]
    [InlineData("COM¹.log")]
    [InlineData("conin$")]
    [InlineData("nul  .txt")]
    [InlineData("C:/x/NUL")]
    [InlineData(@"\\server\share\con")]
    public void A_name_that_is_a_device_is_no_path(string path) => Assert.Contains("device", WindowsPath.Fault(path));

    [Theory]
    [InlineData("a.cs:stream")]
    [InlineData("a.cs::$DATA")]
    [InlineData("src/a:b/c")]
    [InlineData("C:/x/y:z")]
    [InlineData("1:/x")]
    public void A_colon_is_in_no_name(string path) => Assert.Contains("colon", WindowsPath.Fault(path));

    [Theory]
    [InlineData("C:x")]
    [InlineData(@"d:src\a.cs")]
    [InlineData("C:..")]
    public void A_path_of_the_folder_that_was_last_on_a_drive_is_refused_with_what_is_right(string path)
    {
        Assert.Contains($"{path[0]}:/project/{path[2..]}", WindowsPath.Fault(path));
        Assert.True(WindowsPath.IsOfDrive(path));
    }

    [Theory]
    [InlineData("src/a.cs")]
    [InlineData("C:/x/a.cs")]
    [InlineData(@"c:\x")]
    [InlineData("C:/")]
    [InlineData(@"\\?\C:\x")]
    [InlineData(@"\\server\share\x")]
    [InlineData("console.cs")]
    [InlineData("com10.txt")]
    [InlineData("com0")]
    [InlineData("src/**/*.{ts,tsx}")]
    [InlineData("a.nul")]
    [InlineData("..")]
    public void Every_other_path_is_one(string path) => Assert.Null(WindowsPath.Fault(path));

    [Theory]
    [InlineData("a.cs.", "a.cs")]
    [InlineData("a.cs . ", "a.cs")]
    [InlineData(" a", " a")]
    [InlineData("..", "..")]
    [InlineData("a.b", "a.b")]
    public void Dots_and_blanks_at_the_end_of_a_name_count_for_nothing(string name, string kept) =>
        Assert.Equal(kept, WindowsPath.Kept(name));

    [Theory]
    [InlineData(@"\x", true)]
    [InlineData("/x", true)]
    [InlineData(@"\", true)]
    [InlineData(@"\\server\share", false)]
    [InlineData("//server/share", false)]
    [InlineData(@"C:\x", false)]
    [InlineData("x", false)]
    public void The_top_of_the_drive_is_told_from_a_server(string path, bool isOfTop) => Assert.Equal(isOfTop, WindowsPath.IsOfTop(path));

    [Theory]
    [InlineData(@"\\?\C:\x", @"C:\x")]
    [InlineData(@"\\?\UNC\server\share\x", @"\\server\share\x")]
    [InlineData(@"\\?\unc\server\share", @"\\server\share")]
    [InlineData(@"\\?\Volume{1}\x", @"\\?\Volume{1}\x")]
    [InlineData(@"C:\x", @"C:\x")]
    [InlineData(@"\\server\share", @"\\server\share")]
    public void A_long_path_is_a_path_like_others(string path, string plain) => Assert.Equal(plain, WindowsPath.Short(path));

    [Theory]
    [InlineData(@"c:\X", @"C:\X")]
    [InlineData(@"C:\x", @"C:\x")]
    [InlineData(@"\\c:\x", @"\\c:\x")]
    public void A_drive_has_one_letter(string path, string same) => Assert.Equal(same, WindowsPath.WithDrive(path));
}
