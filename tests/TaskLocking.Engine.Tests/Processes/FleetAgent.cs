using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Cli;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>
/// A long-lived process that works for one agent and writes what it was told to <c>agents/NAME.log</c>: a warm worker, or a shell script
/// of one-shot <c>tasklock</c> commands. It waits at a gate, then works until there is a file <c>stop</c>.
/// </summary>
internal sealed class FleetAgent : IDisposable
{
    // Each answer is in the log before the next command. $$ is the script, whatever runs in its subshells.
    private const string Commands = """
        agent=$1; tree=$2; shift 2; root=$PWD log=$PWD/agents/$agent.log
        cd "$tree"
        tell() { printf '%s\t%s\t%s\t%s\n' "$1" "$id" "$token" "$2" >>"$log"; }
        ask() {
            answer=$("$TASKLOCK" --json --timeout 300 "$@" 2>"$log.error") && return
            code=$?; error=$(<"$log.error")
            [[ $error =~ \"code\":\ *\"([A-Za-z]+)\" ]]; name=${BASH_REMATCH[1]}
            [[ $error =~ \"agent\":\ *\"([^\"]+)\" ]]; tell refused "$1 $name ${BASH_REMATCH[1]} $code"
            return 1
        }
        printf 'READY\n'; read -r _
        while [[ -d $root/agents && ! -e $root/stop ]] && kill -0 $PPID; do
            id= token=
            ask next --agent "$agent" --pid $$ "$@" || continue
            [[ $answer =~ \"id\":\ *\"([^\"]+)\" ]] || { sleep 1.$((RANDOM % 10)); continue; }
            id=${BASH_REMATCH[1]}
            [[ $answer =~ \"token\":\ *([0-9]+) ]]; token=${BASH_REMATCH[1]}
            tell claimed
            ask start "$id" --agent "$agent" --pid $$ --token "$token" "$@" || continue
            tell started
            [[ $answer =~ \"attempt\":\ *([0-9]+) ]]; attempt=${BASH_REMATCH[1]}
            if [[ $answer == *'"slow"'* ]]; then sleep 1.3; fi
            if [[ $answer == *'"poison"'* || ( $answer == *'"flaky"'* && $attempt == 1 ) ]]; then
                ask fail "$id" --agent "$agent" --token "$token" --reason "attempt $attempt went wrong" && tell failed
            else
                ask complete "$id" --agent "$agent" --token "$token" && tell 'done'
            fi
        done
        # A refusal is an answer, and the audit judges it: that the last one was one is no fault of the script.
        exit 0
        """;

    private readonly string _workspace;
    private readonly Process _process;

    private FleetAgent(string workspace, string name, string program, IEnumerable<string> arguments)
    {
        _workspace = workspace;
        Name = name;
        Directory.CreateDirectory(Path.Combine(workspace, "agents"));
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workspace,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in new[] { "TASKLOCKING_WORKSPACE", "TASKLOCKING_SESSION", "TASKLOCKING_PID" })
            start.Environment.Remove(variable);
        start.Environment["TASKLOCK"] = TasklockProcess.Program;
        _process = Process.Start(start)!;
    }

    public string Name { get; }

    public bool Killed { get; private set; }

    public bool HasExited => _process.HasExited;

    public static FleetAgent Warm(string workspace, string name, params string[] capabilities) =>
        new(workspace, name, Worker.Executable, ["drain", workspace, name, .. capabilities]);

    public static FleetAgent OfCommands(string workspace, string name, params string[] capabilities) =>
        InTree(workspace, workspace, name, capabilities);

    /// <summary>The same from a folder of its own.</summary>
    public static FleetAgent InTree(string workspace, string tree, string name, params string[] capabilities) =>
        new(workspace, name, "bash",
            ["-c", Commands, "bash", name, tree, .. capabilities.SelectMany(capability => new[] { "--capability", capability })]);

    public void Ready()
    {
        if (_process.StandardOutput.ReadLine() != "READY")
            Assert.Fail($"{Name} did not come to the gate: {_process.StandardError.ReadToEnd()}");
    }

    public void Go()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
    }

    /// <summary>SIGKILL for the process alone: a command that it runs goes on without it.</summary>
    public void Kill()
    {
        Killed = true;
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits for an end without a fault.</summary>
    public void Finish()
    {
        _process.WaitForExit();
        Assert.True(_process.ExitCode == 0,
            $"{Name}: exit code {_process.ExitCode}: {_process.StandardError.ReadToEnd()}; last told: " +
                $"{(Lines() is [.., var last] ? last : null)}");
    }

    /// <summary>What it was told so far, whole lines only.</summary>
    public IReadOnlyList<FleetLine> Lines()
    {
        var path = Path.Combine(_workspace, "agents", Name + ".log");
        if (!File.Exists(path))
            return [];
        var text = File.ReadAllText(path);
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
            .Select(words => new FleetLine(this, words[0], words[1], words[2].Length == 0 ? 0
                : long.Parse(words[2], CultureInfo.InvariantCulture), words[3])).ToList();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
