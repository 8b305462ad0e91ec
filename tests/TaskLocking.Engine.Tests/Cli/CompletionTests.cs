using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>What Tab gives, asked in the real shells.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly CliWorkspace _workspace = new CliWorkspace().With("T-1", "T-2", "a b", "x:1", "x:2", "it's");

    public CompletionTests()
    {
        _workspace.Run("task", "new", "D-1", "--name", "Parse the feed", "--swarm", "nightly", "--tag", "parser");
        _workspace.Run("assign", "D-1", "--to", "anna");
        _workspace.Run("agent", "add", "builder-1", "--capability", "dotnet");
    }

    public static TheoryData<string, string[]> Bash { get; } = new()
    {
        { "tasklock ta", ["task"] },
        { "tasklock task g", ["get"] },
        { "tasklock task get T", ["T-1", "T-2"] },
        { "tasklock task get T-1 T", ["T-2"] },
        { "tasklock task get 'a", ["a b"] },
        { "tasklock task get a", [@"a\ b"] },
        { "tasklock task get x", ["x:1", "x:2"] },
        { "tasklock task get x:", ["1", "2"] },
        { "tasklock task get it", [@"it\'s"] },
        { "tasklock task get \"i", ["it's"] },
        { "tasklock task get --sw", ["--swarm"] },
        { "tasklock task get --swarm ", ["nightly"] },
        { "tasklock task get --status in", ["in-progress"] },
        { "tasklock task set T-1 --priority ", ["low", "medium", "high", "critical"] },
        { "tasklock task set T-1 --clear retry", ["retry-delay"] },
        { "tasklock assign T-1 --to ", ["builder-1", "anna"] },
        { "tasklock unassign ", ["D-1"] },
        { "tasklock next --agent b", ["builder-1"] },
        { "tasklock next --on-overlap ", ["deny", "warn"] },
        { "tasklock next --capability ", ["dotnet"] },
        { "tasklock task get --tag=p", ["parser"] },
        { "tasklock progress ", ["nightly"] },
        { "tasklock agent remove b", ["builder-1"] },
        { "tasklock completion ", ["bash", "zsh", "fish", "pwsh"] },
        { "tasklock setup c", ["claude", "codex", "cursor"] },
        { "tasklock help topic n", ["new"] },
        { "echo T; X=1 tasklock task his", ["history"] },
        { "tasklock task new T", [] },
        { "tasklock task get --bogus x", ["x:1", "x:2"] },
        { "tasklock lock T-1 -- ech", ["echo"] },
        { "tasklock file lock do", ["docs"] },
        { "tasklock task get T-1 -", ["--agent", "--archived", "--assignee", "--capability", "--help", "--json", "--parent", "--ready",
            "--status", "--swarm", "--tag", "--timeout", "--unassigned", "--verbose", "--workspace"] },
    };

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [MemberData(nameof(Bash))]
    public void Bash_completes(string line, string[] words)
    {
        Directory.CreateDirectory(Path.Combine(_workspace.Folder, "docs"));
        Assert.Equal(words, CompletedInBash(line).Distinct());
    }

    [Fact]
    public void Fish_completes()
    {
        var fish = Shell("fish");
        var answer = RunShell(fish, "-N", "-c", """
            tasklock completion fish | source
            for line in 'tasklock task g' 'tasklock task get a' 'tasklock progress ' 'tasklock task get --sw' 'tasklock lock T-1 -- ech'
                complete -C $line
            end
            """);
        Assert.Contains("get\tShows tasks; takes no lock.\n", answer.Output, StringComparison.Ordinal);
        Assert.Contains("a b\tTodo: a b\n", answer.Output.Replace("\\ ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("nightly\t1 task\n", answer.Output, StringComparison.Ordinal);
        Assert.Contains("--swarm\tOf this swarm.\n", answer.Output, StringComparison.Ordinal);
        Assert.Contains("echo", answer.Output, StringComparison.Ordinal);
        Assert.Equal("", answer.Error);
    }

    [Fact]
    public void Zsh_completes()
    {
        var zsh = Shell("zsh");
        // A terminal of its own, in which ^T tells what stands on the line after Tab.
        var answer = RunShell(zsh, "-f", "-c", """
            zmodload zsh/zpty
            zpty z zsh -f -i
            ask() { local out; zpty -w -n z "$1"; zpty -r -m z out "*<<*>>*"; print -r -- "${${out##*<<}%%>>*}"; }
            zpty -w z 'PS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source <(tasklock completion zsh)
            tell() { print -r -- "<""<$BUFFER>"">"; BUFFER=; }; zle -N tell; bindkey "^T" tell; LISTMAX=-1'
            for line in 'tasklock task g' 'tasklock task get D' 'tasklock task get a' 'tasklock progress ' 'tasklock task get x:1 --swa'
            do
                ask "$line"$'\t\x14'
            done
            zpty -d z
            """);
        Assert.Equal(["tasklock task get", "tasklock task get D-1", @"tasklock task get a\ b", "tasklock progress nightly",
            "tasklock task get x:1 --swarm"], answer.Output.TrimEnd().Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public void PowerShell_completes()
    {
        var script = Path.Combine(_workspace.Folder, "complete.ps1");
        File.WriteAllText(script, """
            tasklock completion pwsh | Out-String | Invoke-Expression
            foreach ($line in 'tasklock task g', 'tasklock task get ', 'tasklock task get t', 'tasklock task get T-1 d',
                'tasklock task get ''a', 'tasklock next --agent b', 'tasklock task get --sw', 'tasklock task get --swarm ') {
                (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -join '|'
            }
            """);
        var answer = RunShell(ShellPrograms.PowerShell, "-NoProfile", "-NonInteractive", "-File", script);
        Assert.Equal(["get", "T-1|T-2|'a b'|x:1|x:2|'it''s'|D-1", "T-1|T-2", "D-1", "'a b'", "builder-1", "--swarm", "nightly"],
            answer.Output.TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')));
        Assert.Equal("", answer.Error);
    }

    [Theory]
    [InlineData("bash", "x")]
    [InlineData("bash")]
    [InlineData("fish")]
    [InlineData("pwsh", "")]
    [InlineData("nothing", "task", "=")]
    [InlineData("fish", "--workspace", "/no/such/folder", "task", "get", "=")]
    [InlineData]
    public void It_never_fails_aloud(params string[] words)
    {
        var answer = _workspace.Run(["suggest-words", .. words]);
        Assert.Equal((0, ""), (answer.ExitCode, answer.Error));
    }

    [Fact]
    public void A_broken_store_completes_to_nothing()
    {
        File.WriteAllText(_workspace.Document, "{");
        Directory.Delete(Path.Combine(_workspace.Folder, ".todo2", "journal"), recursive: true);
        File.Delete(_workspace.Document + ".bak");
        var answer = _workspace.Run("suggest-words", "fish", "task", "get", "=");
        Assert.Equal((0, ""), (answer.ExitCode, answer.Error));
    }

    [Fact]
    public void It_begins_no_store_writes_nothing_and_waits_for_no_lock()
    {
        using var empty = new CliWorkspace();
        Assert.Equal(0, empty.Run("suggest-words", "fish", "task", "get", "=").ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(empty.Folder));
        using var holder = _workspace.Hold("T-1");
        // The state lock as well.
        using var state = TasklockProcess.StartProgram("flock", _workspace.Folder, null,
            Path.Combine(_workspace.Folder, ".todo2", "state.todo2.json.lock"), "sh", "-c", "echo held; read line");
        Assert.Equal("held", state.ReadLine());
        var before = Files();
        Assert.Contains("T-1\t", _workspace.Run("suggest-words", "fish", "task", "get", "=").Output, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        holder.Input.Close();

        List<string> Files() => Directory
            .EnumerateFiles(Path.Combine(_workspace.Folder, ".todo2"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(path => new FileInfo(path))
            .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc:O}").ToList();
    }

    [Fact]
    public void What_a_line_cannot_show_is_not_offered()
    {
        using var other = new CliWorkspace();
        Directory.CreateDirectory(Path.GetDirectoryName(other.Document)!);
        File.WriteAllText(other.Document, """{"todos":[{"id":"a\u001b[2J"},{"id":"a\nrm"},{"id":"a$(rm)"}]}""");
        Assert.Equal([@"a\$\(rm\)"], CompletedInBash("tasklock task get a", other));
    }

    private string[] CompletedInBash(string line, CliWorkspace? workspace = null)
    {
        // As readline does it: the words are parted at COMP_WORDBREAKS, and the function gets the command, the last one and the one before.
        var answer = RunShell(workspace ?? _workspace, "bash", "--norc", "-c", """
            source <(tasklock completion bash)
            COMP_LINE=$1 COMP_POINT=${#1}
            last=${1##*[ :=\'\"]}
            _tasklock tasklock "$last" ''
            printf '%s\n' "${COMPREPLY[@]}"
            """, "bash", line);
        Assert.Equal("", answer.Error);
        return answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private TasklockAnswer RunShell(string shell, params string[] args) => RunShell(_workspace, shell, args);

    private static TasklockAnswer RunShell(CliWorkspace workspace, string shell, params string[] args)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{Path.GetDirectoryName(workspace.Program)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = workspace.Folder,
            ["TERM"] = "xterm",
            ["NO_COLOR"] = "1",
        };
        using var process = TasklockProcess.StartProgram(shell, workspace.Folder, environment, args);
        return process.Finish();
    }

    private static string Shell(string name)
    {
        var path = ShellPrograms.Find(name);
        Assert.SkipWhen(path is null, $"{name} is not installed.");
        return path!;
    }
}
