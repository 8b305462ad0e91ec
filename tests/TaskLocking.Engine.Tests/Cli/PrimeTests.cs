using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>
/// The page for agents. Tokens are counted as a third of its bytes: tokenizers make one of about four bytes of English and commands, so
/// that this is more than any of them counts.
/// </summary>
public sealed class PrimeTests
{
    private const int MaxTokens = 1_500;

    [Fact]
    public void It_tells_the_state_the_loop_and_the_exit_codes()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2", "T-3");
        workspace.Run("task", "new", "T-4", "--name", "Parse the feed", "--priority", "high");
        workspace.Run("complete", "T-3", "--agent", "x");
        var token = workspace.Run("next", "--start", "--agent", "ann", "--json").Document().GetProperty("taskLocking").GetProperty("claim")
            .GetProperty("token").GetInt64();
        var page = workspace.Run("prime", "--agent", "ann").Output;
        Assert.Contains("4 tasks: 0 done, 1 in progress, 3 pending (3 can be taken by you), 0 failed.", page, StringComparison.Ordinal);
        Assert.Contains($"- T-4 (high) Parse the feed in progress, token {token}, until ", page, StringComparison.Ordinal);
        Assert.Contains("Ready, best first:\n- T-1 (medium)\n- T-2 (medium)\n", page, StringComparison.Ordinal);
        foreach (var word in new[] { "tasklock next --start --agent ann", "tasklock complete ID --agent ann --token N", "--reason",
            "file lock", "Exit codes", " 3 somebody else has it", " 8 the claim was lost" })
            Assert.Contains(word, page, StringComparison.Ordinal);
        Assert.DoesNotContain("{0}", page, StringComparison.Ordinal);
        var json = workspace.Run("prime", "--agent", "ann", "--json").Document();
        Assert.Equal(["T-4"], json.GetProperty("own").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(page, json.GetProperty("text").GetString());
    }

    [Fact]
    public void Every_command_in_it_is_one()
    {
        using var workspace = new CliWorkspace();
        var page = workspace.Run("prime").Output;
        var commands = page.Split('`').Where((_, index) => index % 2 == 1)
            .Where(code => code.StartsWith("tasklock ", StringComparison.Ordinal))
            .Select(code => code.Split(' ').Skip(1).TakeWhile(word => word.All(char.IsAsciiLetterLower)).ToArray()).ToList();
        Assert.True(commands.Count > 8);
        Assert.All(commands, words => Assert.Equal(0, workspace.Run(["help", .. words]).ExitCode));
    }

    [Theory]
    [InlineData('x')]
    [InlineData('字')]
    public void It_has_at_most_1500_tokens_whatever_is_on_the_board(char letter)
    {
        using var workspace = new CliWorkspace();
        var lines = new StringBuilder();
        for (var i = 0; i < 200; i++)
        {
            var id = i.ToString("000", CultureInfo.InvariantCulture) + new string(letter, 97);
            lines.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"{id}\",\"name\":\"{new string(letter, 1_000)}\"}}\n");
        }
        var defined = workspace.RunWith(lines.ToString(), null, "task", "new", "--from", "-");
        Assert.True(defined.ExitCode == 0, defined.Error);
        var agent = "ann" + new string(letter, 60);
        var claimed = workspace.Run("next", "--start", "--count", "5", "--agent", agent);
        Assert.True(claimed.ExitCode == 0, claimed.Error);
        var page = workspace.Run("prime", "--agent", agent).Output;
        Assert.InRange(Encoding.UTF8.GetByteCount(page) / 3.0, 1, MaxTokens);
        Assert.Contains(" more\n", page, StringComparison.Ordinal);
        Assert.Contains("## Exit codes", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_board_it_says_so_and_begins_none()
    {
        using var workspace = new CliWorkspace();
        var answer = workspace.Run("prime");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("There is no board here yet.", answer.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Folder));
    }
}
