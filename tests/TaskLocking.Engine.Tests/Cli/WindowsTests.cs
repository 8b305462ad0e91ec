using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>What Windows has otherwise, seen by the command itself: there, and where another system runs it.</summary>
public sealed class WindowsTests : IDisposable
{
    private readonly CliWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void The_self_test_passes_and_leaves_nothing()
    {
        SkipElsewhere();
        _workspace.With("T-1");
        var answer = _workspace.Run("check");
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        Assert.Contains("ok     RenameOverOpenFile", answer.Output, StringComparison.Ordinal);
        Assert.Equal([".todo2"], Directory.EnumerateFileSystemEntries(_workspace.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_document_that_another_program_keeps_to_itself_stops_no_commit_and_is_brought_up_to_date()
    {
        SkipElsewhere();
        _workspace.With("T-1");
        using (var other = _workspace.Start("hold-file", Path.Combine(".todo2", "state.todo2.json")))
        {
            Assert.Equal("locked", other.ReadLine());
            var answer = _workspace.Run("task", "new", "T-2");
            Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
            _ = other.Finish();
        }
        _workspace.With("T-3");
        var document = File.ReadAllText(_workspace.Document);
        Assert.All(["T-1", "T-2", "T-3"], id => Assert.Contains($"\"{id}\"", document, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CON")]
    [InlineData("nul")]
    [InlineData("aux.txt")]
    [InlineData("COM1")]
    [InlineData("T-1.")]
    public void A_task_may_be_called_like_a_device_or_end_with_a_dot(string id)
    {
        SkipElsewhere();
        _workspace.With(id);
        Assert.Equal(4, _workspace.Run("lock", id, "--", "cmd", "/d", "/c", "exit 4").ExitCode);
        var taken = _workspace.Run("next", "--agent", "a", "--json");
        Assert.Contains($"\"{id}\"", taken.Output, StringComparison.Ordinal);
        Assert.Equal(0, _workspace.Run("topic", "new", id).ExitCode);
        var name = TopicName.Clean(id);
        Assert.True(Directory.Exists(Path.Combine(_workspace.Folder, ".claude", "specs", "001_" + name)));
    }

    [Theory]
    [InlineData("CON")]
    [InlineData("src/nul.txt")]
    [InlineData("src\\a.cs:stream")]
    [InlineData("C:a.cs")]
    public void What_no_file_can_be_called_is_leased_to_nobody(string path)
    {
        SkipElsewhere();
        var answer = _workspace.Run("file", "lock", path, "--agent", "a");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(path, answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("src/a.cs")]
    [InlineData("SRC\\A.CS")]
    [InlineData(".\\src\\.\\a.cs")]
    [InlineData("src/a.cs.")]
    [InlineData("Src/*.cs")]
    public void One_file_is_one_lease_by_whatever_spelling(string other)
    {
        SkipElsewhere();
        Directory.CreateDirectory(Path.Combine(_workspace.Folder, "src"));
        File.WriteAllText(Path.Combine(_workspace.Folder, "src", "a.cs"), "");
        Assert.Equal(0, _workspace.Run("file", "lock", "src\\a.cs", "--agent", "a").ExitCode);
        Assert.Equal(3, _workspace.Run("file", "lock", other, "--agent", "b").ExitCode);
        Assert.Contains("src/a.cs", _workspace.Run("file", "list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void One_folder_is_one_store_by_whatever_spelling()
    {
        SkipElsewhere();
        var folder = Directory.CreateDirectory(Path.Combine(_workspace.Folder, "Project")).FullName;
        var full = OperatingSystem.IsWindows() ? folder : "Z:" + folder.Replace('/', '\\');
        string[] spellings = ["Project", "PROJECT", ".\\project\\", "project/.", "Project. ", full, full.ToUpperInvariant(),
            char.ToLowerInvariant(full[0]) + full.Remove(0, 1).Replace('\\', '/'), full.Remove(0, 2), @"\\?\" + full];
        for (var i = 0; i < spellings.Length; i++)
        {
            var answer = _workspace.Run("task", "new", $"T-{i}", "--workspace", spellings[i]);
            Assert.True(answer.ExitCode == 0, spellings[i] + ": " + answer.Error);
        }
        var document = File.ReadAllText(Path.Combine(folder, ".todo2", "state.todo2.json"));
        Assert.All(Enumerable.Range(0, spellings.Length), i => Assert.Contains($"\"T-{i}\"", document, StringComparison.Ordinal));
        Assert.Single(Directory.EnumerateFileSystemEntries(_workspace.Folder));
    }

    [Fact]
    public void What_other_programs_wrote_with_their_line_ends_is_read_as_it_is_meant()
    {
        SkipElsewhere();
        var board = Directory.CreateDirectory(Path.Combine(_workspace.Folder, "board"));
        Assert.Equal(0, _workspace.Run("task", "new", "T-1", "--name", "as it was", "--workspace", "board").ExitCode);
        var document = Path.Combine(board.FullName, ".todo2", "state.todo2.json");
        File.WriteAllText(document, File.ReadAllText(document).Replace("as it was", "as another wrote it", StringComparison.Ordinal)
            .ReplaceLineEndings("\r\n"));
        Directory.CreateDirectory(Path.Combine(_workspace.Folder, ".todo2"));
        File.WriteAllText(Path.Combine(_workspace.Folder, ".todo2", "redirect"), "board\r\n");
        File.WriteAllText(Path.Combine(_workspace.Folder, "plan.md"), "# Tasks\r\n\r\n- [ ] T001 Parse the feed\r\n- [x] T002 Read it\r\n");
        var imported = _workspace.Run("task", "import", "plan.md");
        Assert.True(imported.ExitCode == 0, imported.Error);
        var answer = _workspace.Run("task", "get");
        Assert.All(["T-1", "as another wrote it", "T001", "Parse the feed", "T002"],
            text => Assert.Contains(text, answer.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void A_path_that_depends_on_a_drives_last_folder_is_refused_with_the_way_to_write_it()
    {
        SkipElsewhere();
        var answer = _workspace.Run("task", "new", "T-1", "--workspace", "C:project");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("C:/project", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_may_lie_deeper_than_two_hundred_and_sixty_letters()
    {
        SkipElsewhere();
        var deep = Path.Combine(Enumerable.Repeat(new string('d', 40), 7).ToArray());
        Directory.CreateDirectory(Path.Combine(_workspace.Folder, deep));
        foreach (var id in new[] { "T-1", "T-2" })
        {
            var answer = _workspace.Run("task", "new", id, "--workspace", deep);
            Assert.True(answer.ExitCode == 0, answer.Error);
        }
        Assert.Contains("T-2", File.ReadAllText(Path.Combine(_workspace.Folder, deep, ".todo2", "state.todo2.json")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("two words")]
    [InlineData("a&b|c")]
    public void A_batch_file_gets_its_words_as_they_were_given(string word)
    {
        SkipElsewhere();
        _workspace.With("T-1");
        File.WriteAllText(Path.Combine(_workspace.Folder, "build.cmd"), "@echo off\r\necho [%1]\r\nexit /b 7\r\n");
        var answer = _workspace.Run("lock", "T-1", "--", ".\\build", word);
        Assert.Equal(7, answer.ExitCode);
        Assert.Contains(word, answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-command", 127)]
    [InlineData(".\\no-such\\command.exe", 127)]
    [InlineData(".\\notes.txt", 126)]
    public void What_cannot_be_run_says_so_by_its_exit_code(string command, int exitCode)
    {
        SkipElsewhere();
        _workspace.With("T-1");
        File.WriteAllText(Path.Combine(_workspace.Folder, "notes.txt"), "text");
        var answer = _workspace.Run("lock", "T-1", "--", command);
        Assert.Equal(exitCode, answer.ExitCode);
        Assert.Contains(command, answer.Error, StringComparison.Ordinal);
        Assert.Equal(0, _workspace.Run("task", "set", "T-1", "--priority", "high", "--timeout", "0").ExitCode);
    }

    [Fact]
    public void Of_twelve_processes_that_ask_at_once_one_gets_the_task()
    {
        SkipElsewhere();
        _workspace.With("T-1");
        var asked = Enumerable.Range(0, 12).Select(i => _workspace.Start("next", "--agent", $"agent-{i}", "--json", "--timeout", "60"))
            .ToList();
        var answers = asked.ConvertAll(process => process.Finish());
        asked.ForEach(process => process.Dispose());
        Assert.All(answers, answer => Assert.True(answer.ExitCode == 0, answer.Error));
        Assert.Single(answers, answer => answer.Output.Contains("\"T-1\"", StringComparison.Ordinal));
        Assert.Equal(11, answers.Count(answer => answer.Output.Trim() == "null"));
    }

    [Fact]
    public void Twelve_processes_that_write_at_once_lose_nothing_and_number_no_topic_twice()
    {
        SkipElsewhere();
        var writers = new List<TasklockProcess>();
        for (var i = 0; i < 6; i++)
        {
            writers.Add(_workspace.Start("task", "new", $"T-{i}", "--timeout", "60"));
            writers.Add(_workspace.Start("topic", "new", $"topic {i}", "--timeout", "60"));
        }
        Assert.All(writers.ConvertAll(process => process.Finish()), answer => Assert.True(answer.ExitCode == 0, answer.Error));
        writers.ForEach(process => process.Dispose());
        var answer = _workspace.Run("task", "get", "--json");
        Assert.All(Enumerable.Range(0, 6), i => Assert.Contains($"\"T-{i}\"", answer.Output, StringComparison.Ordinal));
        var folders = Directory.EnumerateDirectories(Path.Combine(_workspace.Folder, ".claude", "specs")).Select(Path.GetFileName);
        Assert.Equal(["001", "002", "003", "004", "005", "006"], folders.Select(folder => folder![..3]).Order());
    }

    [Fact]
    public void Letters_of_every_script_go_in_and_out_as_they_are()
    {
        SkipElsewhere();
        const string Name = "Größe, Проверка, 測試 ✓";
        Assert.Equal(0, _workspace.RunWith($"{{\"id\":\"T-1\",\"name\":\"{Name}\"}}\r\n", null, "task", "new", "--from", "-").ExitCode);
        Assert.Contains(Name, _workspace.Run("task", "get", "T-1").Output, StringComparison.Ordinal);
        Assert.Contains(Name, _workspace.Run("task", "get", "T-1", "--json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_is_held_as_long_as_its_command_runs_and_the_exit_code_is_passed_on()
    {
        SkipElsewhere();
        _workspace.With("T-1");
        using (var holder = _workspace.Hold("T-1"))
        {
            var refused = _workspace.Run("lock", "T-1", "--timeout", "0", "--", "cmd", "/d", "/c", "exit 0");
            Assert.Equal(5, refused.ExitCode);
            Assert.Contains("holder", refused.Error, StringComparison.Ordinal);
            Assert.Equal(3, holder.Finish().ExitCode);
        }
        Assert.Equal(6, _workspace.Run("lock", "T-1", "--timeout", "0", "--", "cmd", "/d", "/c", "exit 6").ExitCode);
    }

    private static void SkipElsewhere() => Assert.SkipUnless(TasklockProcess.IsForWindows, "It is of Windows.");
}
