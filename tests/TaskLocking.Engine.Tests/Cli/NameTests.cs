using System;
using System.IO;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>
/// Names in bytes that are no UTF-8, and a current folder that is gone: refused by name where they are needed, in nobody's way elsewhere.
/// </summary>
public sealed class NameTests
{
    // .NET cannot take away what it cannot name.
    private const string Odd = "w=$PWD odd=$'caf\\xe9'; trap 'rm -rf \"$w/$odd\"' EXIT; ";

    private const string Gone = "mkdir gone; cd gone; rmdir ../gone; ";

    [Theory]
    [InlineData("\"$TASKLOCK\" task new $'T-\\xff' --json", "T-\\xff")]
    [InlineData("\"$TASKLOCK\" task new --json -- $'T-\\xff'", "T-\\xff")]
    [InlineData("\"$TASKLOCK\" task new T-2 --json --name $'a\\xc3'", "a\\xc3")]
    [InlineData("\"$TASKLOCK\" lock $'T-\\xff' --json -- true", "T-\\xff")]
    [InlineData("\"$TASKLOCK\" file lock $'src/\\xfe' --agent a --json", "src/\\xfe")]
    [InlineData("\"$TASKLOCK\" task get --json --workspace \"$odd\"", "caf\\xe9")]
    [InlineData("\"$TASKLOCK\" topic new a --json --root \"$odd\"", "caf\\xe9")]
    [InlineData("TASKLOCKING_WORKSPACE=\"$PWD/$odd\" \"$TASKLOCK\" task get --json", "caf\\xe9")]
    [InlineData("TASKLOCKING_AGENT=$'a\\xff' \"$TASKLOCK\" next --json", "a\\xff")]
    [InlineData("CLAUDE_SPECS_ROOT=\"$odd\" \"$TASKLOCK\" topic new a --json", "caf\\xe9")]
    [InlineData("cd \"$odd\"; \"$TASKLOCK\" task get --json", "caf\\xe9")]
    [InlineData("cd \"$odd/sub\"; \"$TASKLOCK\" task new T-2 --json", "caf\\xe9/sub")]
    [InlineData("cd \"$odd\"; \"$TASKLOCK\" task new T-2 --workspace .. --json", "caf\\xe9")]
    public void A_name_that_is_not_UTF_8_is_refused(string script, string shown)
    {
        using var workspace = new CliWorkspace().With("T-1");
        var answer = workspace.RunScript(Odd + "mkdir -p \"$odd/sub\"; " + script + "; exit $?");
        Assert.Contains(shown, answer.Refusal("InvalidArgument", 2).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(["T-1"], TasklockAnswer.Texts(workspace.Run("task", "get", "--json").Document(), "id"));
        Assert.False(Directory.Exists(Path.Combine(workspace.Folder, "caf\ufffd")));
    }

    [Fact]
    public void A_link_to_a_folder_that_is_not_UTF_8_makes_no_folder_of_another_name()
    {
        using var workspace = new CliWorkspace();
        const string Script = Odd + "mkdir \"$odd\"; ln -s \"$odd\" link; \"$TASKLOCK\" task new T-1 --workspace link --json; exit $?";
        workspace.RunScript(Script).Refusal("InvalidArgument", 2);
        Assert.Equal(["link"], Array.ConvertAll(Directory.GetFileSystemEntries(workspace.Folder), entry => Path.GetFileName(entry)!));
    }

    [Fact]
    public void The_sign_itself_is_a_name_like_any_other()
    {
        using var workspace = new CliWorkspace();
        var folder = Directory.CreateDirectory(Path.Combine(workspace.Folder, "a\ufffd")).FullName;
        Assert.Equal(0, workspace.Run("task", "new", "T-1", "--name", "b\ufffd", "--workspace", folder).ExitCode);
        using var inside = TasklockProcess.Start(folder, null, "task", "get", "T-1", "--json");
        Assert.Equal("b\ufffd", inside.Finish().Document().GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("task new T-2")]
    [InlineData("next --agent a --json")]
    [InlineData("lock T-1 -- true")]
    [InlineData("topic new a")]
    [InlineData("check")]
    [InlineData("progress")]
    public void A_current_folder_that_is_gone_is_not_needed_where_everything_is_named(string command)
    {
        using var workspace = new CliWorkspace().With("T-1");
        var answer = workspace.RunScript("w=$PWD; " + Gone + "exec \"$TASKLOCK\" --workspace \"$w\" \"$@\"", command.Split(' '));
        Assert.True(answer.ExitCode == 0, answer.Error);
        var told = workspace.RunScript("export TASKLOCKING_WORKSPACE=$PWD; " + Gone + "exec \"$TASKLOCK\" \"$@\"", "task", "get", "T-1");
        Assert.True(told.ExitCode == 0, told.Error);
    }

    [Theory]
    [InlineData("task get --json")]
    [InlineData("task get --json --workspace .")]
    [InlineData("task get --json --workspace ../other")]
    public void A_current_folder_that_is_gone_is_told_and_no_other_taken(string command)
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.RunScript(Gone + "exec \"$TASKLOCK\" \"$@\"", command.Split(' ')).Refusal("PathNotFound", 10);
    }

    [Fact]
    public void A_folder_that_may_not_be_looked_into_is_not_passed_over()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Gives up root's right to look everywhere.");
        using var workspace = new CliWorkspace().With("T-1");
        const string Script = """
            PLAIN=; [ "$(id -u)" != 0 ] || PLAIN='setpriv --bounding-set=-dac_override,-dac_read_search --'
            mkdir -p shut/sub; cd shut/sub; chmod 0 ..; code=0
            $PLAIN "$TASKLOCK" task get --json || code=$?
            chmod 700 ..; exit $code
            """;
        workspace.RunScript(Script).Refusal("AccessDenied", 10);
    }
}
