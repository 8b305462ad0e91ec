using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Workers;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>C3 and G14: fifty agents drain a graph of a thousand tasks, as warm processes; two hundred as series of one-shot
/// commands.</summary>
internal sealed class Fleet : IGoal
{
    private const int Agents = 50;
    private const int Tasks = 1_000;
    private const int CommandTasks = 200;

    // An agent of commands: the shell is the process that its claims name, what it ends brings it the next task, and where there is none
    // it waits until there is, or can be none.
    private const string Script = """
        program=$0; workspace=$1; agent=$2
        tasklock() { "$program" --workspace "$workspace" --json --timeout 300 "$@" --agent "$agent" --pid $$ --start --until-empty; }
        answer=$(tasklock next) || exit 1
        while [[ $answer =~ \"id\":\ *\"([^\"]+)\" ]]; do
            id=${BASH_REMATCH[1]}
            [[ $answer =~ \"token\":\ *([0-9]+) ]] || exit 1
            answer=$(tasklock complete "$id" --token "${BASH_REMATCH[1]}" --next) || exit 1
            [[ $answer =~ \"next\":\ *(null|\{.*) ]] || exit 1
            answer=${BASH_REMATCH[1]}
        done
        """;

    public IReadOnlyList<string> Ids => ["C3", "G14", "fleet"];

    public string Title => "fleet: 50 agents drain 1,000 dependent tasks warm, and 200 by one-shot commands";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        List<double> seconds = [], rates = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var (warm, workspace) = (bench.Scratch.Folder("warm"), Workspace(bench, Tasks));
            var gang = await Gang.RunAsync(Enumerable.Range(0, Agents)
                .Select(i => Worker.Start("drain", 0, 0, warm, workspace, Programs.Argument(i))));
            EachOnce(workspace, Tasks, gang.Operations);
            seconds.Add(gang.Seconds);
            rates.Add(gang.Rate);
        }
        report.Row("C3", "50 warm agents drain 1,000 tasks", Spread.MedianOf(seconds, " s"), "", Spread.Of(rates), "claims/s");
        if (Programs.First("bash") is { } bash)
            await CommandsAsync(bench, report, bash);
        else
            report.Note("bash is missing, which the agents of one-shot commands are written in.");
    }

    // Once, and fewer: every command is a process of its own.
    private static async Task CommandsAsync(Bench bench, Report report, string bash)
    {
        var (program, workspace) = (bench.CommandLine.Program, Workspace(bench, CommandTasks));
        var crowd = await Crowd.RunAsync(Enumerable.Range(0, Agents)
            .Select(i => new ProcessStartInfo(bash, ["-c", Script, program, workspace, $"agent-{i}"])));
        EachOnce(workspace, CommandTasks, CommandTasks);
        var seconds = crowd.Max(member => member.Seconds);
        report.Row("G14", "50 agents of one-shot commands drain 200 tasks", Spread.Text(seconds) + " s", "",
            Spread.Of([CommandTasks / seconds]), Target.AtLeast(40, "tasks/s"));
    }

    private static string Workspace(Bench bench, int count)
    {
        var workspace = bench.Scratch.Folder("workspace");
        using var board = TaskBoard.Open(workspace);
        FleetTasks.Define(board, count);
        return workspace;
    }

    private static void EachOnce(string workspace, int count, long claims)
    {
        using var board = TaskBoard.Open(workspace);
        var tasks = board.GetTasks();
        if (claims != count || tasks.Count != count || !tasks.All(task => task.Status == AgentTaskStatus.Done && task.Attempt == 1))
            throw new InvalidOperationException(
                $"{claims} claims for {tasks.Count(task => task.Status == AgentTaskStatus.Done)} done tasks of {tasks.Count}.");
    }
}
