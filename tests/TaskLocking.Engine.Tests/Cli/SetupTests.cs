using System;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class SetupTests
{
    private const string Hook = "\"command\": \"tasklock prime\"";

    [Theory]
    [InlineData("claude", "CLAUDE.md", ".claude/settings.json")]
    [InlineData("codex", "AGENTS.md")]
    [InlineData("cursor", ".cursor/rules/tasklock.mdc")]
    [InlineData("vscode", ".github/copilot-instructions.md")]
    public void It_writes_shows_repeats_nothing_and_takes_it_away(string tool, params string[] files)
    {
        using var workspace = new CliWorkspace();
        var whatIf = workspace.Run("setup", tool, "--what-if");
        Assert.Equal(files.Select(file => $"{file}: would be created"), Heads(whatIf));
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Folder));
        var first = workspace.Run("setup", tool);
        Assert.Equal(files.Select(file => $"{file}: created"), Heads(first));
        Assert.Equal(whatIf.Output, first.Output.Replace(": created", ": would be created", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var text = Read(workspace, file);
            Assert.Contains("tasklock prime", text, StringComparison.Ordinal);
            Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Contains($"  + {line}\n", first.Output, StringComparison.Ordinal));
        }
        Assert.Equal(files.Select(file => $"{file}: unchanged"), Heads(workspace.Run("setup", tool)));
        Assert.Equal(files.Select(file => $"{file}: deleted"), Heads(workspace.Run("setup", tool, "--remove")));
        Assert.Empty(Directory.EnumerateFiles(workspace.Folder, "*", SearchOption.AllDirectories));
        Assert.Equal(files.Select(file => $"{file}: unchanged"), Heads(workspace.Run("setup", tool, "--remove")));
    }

    [Theory]
    [InlineData("# Mine\n\nText.\n")]
    [InlineData("# Mine\r\n\r\nText.\r\n")]
    [InlineData("\ufeff# Mine\n")]
    public void A_persons_text_stays_byte_for_byte(string own)
    {
        using var workspace = new CliWorkspace();
        Write(workspace, "AGENTS.md", own);
        workspace.Run("setup", "codex");
        var text = Read(workspace, "AGENTS.md");
        Assert.StartsWith(own, text, StringComparison.Ordinal);
        Assert.Equal(own.Contains("\r\n", StringComparison.Ordinal) ? text.Count(c => c == '\n') : 0, text.Count(c => c == '\r'));
        // What is written behind it stays, too, and the block is replaced where it stands.
        Write(workspace, "AGENTS.md", text + "More.\n");
        Assert.Equal(["AGENTS.md: unchanged"], Heads(workspace.Run("setup", "codex")));
        workspace.Run("setup", "codex", "--remove");
        Assert.Equal(own + "More.\n", Read(workspace, "AGENTS.md"));
    }

    [Theory]
    [InlineData("{\n    \"model\": \"x\",\n    \"n\": 1.50\n}\n")]
    [InlineData("{\n\t\"hooks\": {\n\t\t\"Stop\": []\n\t}\n}")]
    [InlineData("{\r\n  \"hooks\": {\r\n    \"SessionStart\": [\r\n      { \"hooks\": [] }\r\n    ]\r\n  }\r\n}\r\n")]
    [InlineData("{\"a\":{\"hooks\":[1]},\"b\":\"\\u00e4\"}")]
    public void Settings_of_a_person_stay_byte_for_byte(string own)
    {
        using var workspace = new CliWorkspace();
        Write(workspace, ".claude/settings.json", own);
        Assert.Equal(0, workspace.Run("setup", "claude").ExitCode);
        var text = Read(workspace, ".claude/settings.json");
        using (var document = System.Text.Json.JsonDocument.Parse(text))
        {
            var entry = document.RootElement.GetProperty("hooks").GetProperty("SessionStart").EnumerateArray().Last();
            Assert.Equal("tasklock prime", entry.GetProperty("hooks")[0].GetProperty("command").GetString());
        }
        Assert.Equal(["CLAUDE.md: unchanged", ".claude/settings.json: unchanged"], Heads(workspace.Run("setup", "claude")));
        workspace.Run("setup", "claude", "--remove");
        Assert.Equal(own, Read(workspace, ".claude/settings.json"));
    }

    [Theory]
    [InlineData("{ // a comment\n}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[]")]
    [InlineData("{\"hooks\":[]}")]
    [InlineData("{\"hooks\":{\"SessionStart\":{}}}")]
    [InlineData("{\"hooks\":{},\"hooks\":{}}")]
    [InlineData("{")]
    public void Settings_that_are_not_understood_are_refused_and_nothing_is_written(string text)
    {
        using var workspace = new CliWorkspace();
        Write(workspace, ".claude/settings.json", text);
        var refusal = workspace.Run("setup", "claude", "--json").Refusal("InvalidArgument", 2);
        Assert.Contains(".claude/settings.json", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(text, Read(workspace, ".claude/settings.json"));
        Assert.False(File.Exists(Path.Combine(workspace.Folder, "CLAUDE.md")));
    }

    [Fact]
    public void Changes_between_the_marks_are_not_written_over()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("setup", "codex");
        var changed = Read(workspace, "AGENTS.md").Replace("In short:", "My own words:", StringComparison.Ordinal);
        Write(workspace, "AGENTS.md", changed);
        workspace.Run("setup", "codex", "--json").Refusal("InvalidArgument", 2);
        workspace.Run("setup", "codex", "--remove", "--json").Refusal("InvalidArgument", 2);
        Assert.Equal(changed, Read(workspace, "AGENTS.md"));
        Assert.Equal(0, workspace.Run("setup", "codex", "--force").ExitCode);
        Assert.DoesNotContain("My own words", Read(workspace, "AGENTS.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!-- tasklock:end -->\n")]
    [InlineData("<!-- tasklock:begin 123 -->\ntext\n")]
    public void Half_of_the_marks_is_refused(string text)
    {
        using var workspace = new CliWorkspace();
        Write(workspace, "AGENTS.md", text);
        workspace.Run("setup", "codex", "--json").Refusal("InvalidArgument", 2);
        Assert.Equal(text, Read(workspace, "AGENTS.md"));
    }

    [Fact]
    public void A_file_that_is_no_UTF_8_is_refused()
    {
        using var workspace = new CliWorkspace();
        File.WriteAllBytes(Path.Combine(workspace.Folder, "AGENTS.md"), [0x41, 0xff, 0x0a]);
        workspace.Run("setup", "codex", "--json").Refusal("InvalidArgument", 2);
        Assert.Equal([0x41, 0xff, 0x0a], File.ReadAllBytes(Path.Combine(workspace.Folder, "AGENTS.md")));
    }

    [Fact]
    public void A_link_stays_one_and_rights_stay_as_they_are()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other rights, and gives a link to few.");
            return;
        }
        using var workspace = new CliWorkspace();
        Write(workspace, "AGENTS.md", "# Mine\n");
        var path = Path.Combine(workspace.Folder, "AGENTS.md");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(Path.Combine(workspace.Folder, "CLAUDE.md"), "AGENTS.md");
        Assert.Equal(0, workspace.Run("setup", "claude").ExitCode);
        Assert.Equal("AGENTS.md", new FileInfo(Path.Combine(workspace.Folder, "CLAUDE.md")).LinkTarget);
        Assert.Contains("tasklock prime", Read(workspace, "AGENTS.md"), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_tool_that_it_does_not_know_is_refused()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("setup", "emacs", "--json").Refusal("InvalidArgument", 2);
        Assert.Contains(Hook, workspace.Run("setup", "claude", "--what-if").Output, StringComparison.Ordinal);
    }

    private static string[] Heads(TasklockAnswer answer)
    {
        Assert.True(answer.ExitCode == 0, answer.Error);
        return answer.Output.Split('\n').Where(line => line.Length > 0 && line[0] != ' ').ToArray();
    }

    private static string Read(CliWorkspace workspace, string name) =>
        new UTF8Encoding(false).GetString(File.ReadAllBytes(Path.Combine(workspace.Folder, name)));

    private static void Write(CliWorkspace workspace, string name, string text)
    {
        var path = Path.Combine(workspace.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, new UTF8Encoding(false).GetBytes(text));
    }
}
