using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Board;
using TaskLocking.Rules;
using Document = TaskLocking.Todo2.TodoDocument;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>
/// G12: what one request decides, in memory and warm, by many tasks that are ready, claimed or waiting for a time, against ten that are
/// ready.
/// </summary>
internal sealed class RequestDecision : IGoal
{
    private const int Ready = 10_000;
    private const int Claimed = 5_000;
    private const int Waiting = 1_000;
    private const int Few = 10;
    private const int Runs = 2_000;
    private static readonly Target Target = Target.AtMost(3, "×");

    public IReadOnlyList<string> Ids => ["G12"];

    public string Title => "one decision of Request by 10,000 ready, 5,000 claimed and 1,000 waiting tasks, against 10 ready";

    public Task MeasureAsync(Bench bench, Report report)
    {
        var (many, few, working) = (State(Ready, Claimed, Waiting, 1), State(Few, 0, 0, 1), State(Ready, Claimed, Waiting, 8));
        List<double> large = [], small = [], crowd = [], idle = [];
        var (nothing, none) = (State(0, Claimed, Waiting, 1), new List<double>());
        var empty = State(0, 0, 0, 1);
        for (var round = 0; round <= bench.Options.Rounds; round++)
        {
            var times = new[] { many, few, working, nothing, empty }.Select(Microseconds).ToArray();
            // The first round warms the code.
            if (round == 0)
                continue;
            large.Add(times[0]);
            small.Add(times[1]);
            crowd.Add(times[2]);
            idle.Add(times[3]);
            none.Add(times[4]);
        }
        report.Row("G12", "one decision of Request, many tasks / few", Spread.MedianOf(large, " µs"), Spread.MedianOf(small, " µs"),
            Spread.OfRatios(large, small, 1), Target);
        report.Row("", "the same, claimed by 8 processes", Spread.MedianOf(crowd, " µs"), Spread.MedianOf(small, " µs"),
            Spread.OfRatios(crowd, small, 1), "×");
        report.Row("", "nothing free, 6,000 claimed or waiting / none", Spread.MedianOf(idle, " µs"), Spread.MedianOf(none, " µs"),
            Spread.OfRatios(idle, none, 1), "×");
        return Task.CompletedTask;
    }

    private static double Microseconds(BoardState state)
    {
        var request = new TaskRequest(new LeaseHolder("agent-0") { Host = "here", Pid = 1, ProcessStart = "s" });
        var watch = Stopwatch.StartNew();
        for (var run = 0; run < Runs; run++)
        {
            var draft = new TaskDraft(state, DateTimeOffset.UtcNow, "agent-0", state.Version + 1);
            new RequestRule(request, ProcessLiveness.OfThisHost, StringComparison.Ordinal).Decide(draft);
            draft.Release();
        }
        return watch.Elapsed.TotalMicroseconds / Runs;
    }

    private static BoardState State(int ready, int claimed, int waiting, int processes)
    {
        var own = ProcessLiveness.StartOf(Environment.ProcessId);
        var others = processes == 1 ? [] : Enumerable.Range(0, processes).Select(_ => Process.Start("sleep", "600")).ToArray();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Array.ForEach(others, process => process.Kill());
        var text = new StringBuilder("{\"todos\":[");
        for (var number = 0; number < ready + claimed + waiting; number++)
        {
            var (pid, start) = others.Length == 0 ? (Environment.ProcessId, own)
                : (others[number % others.Length].Id, ProcessLiveness.StartOf(others[number % others.Length].Id));
            var more = number < claimed
                ? $$$"""
                  "assignee":{"type":"agent","name":"w{{{number % processes}}}"},"taskLocking":{"claim":{"token":{{{number}}},
                   "agent":"w{{{number % processes}}}","host":"{{{Environment.MachineName}}}","pid":{{{pid}}},"processStart":"{{{start}}}",
                    "claimed":"2026-01-01T00:00:00Z","expires":"2099-01-01T00:00:00Z","ttl":60}}
                  """
                : number < claimed + waiting ? """ "taskLocking":{"notBefore":"2099-01-01T00:00:00Z"} """ : """ "taskLocking":{} """;
            text.Append(CultureInfo.InvariantCulture, $$"""
                {{(number == 0 ? "" : ",")}}{"id":"T-{{number}}","name":"n","status":"Todo","priority":"medium",
                 "created":"2026-01-01T00:00:00Z",{{more}}}
                """);
        }
        return new BoardState(Document.Parse(Encoding.UTF8.GetBytes(text.Append("]}").ToString())));
    }
}
