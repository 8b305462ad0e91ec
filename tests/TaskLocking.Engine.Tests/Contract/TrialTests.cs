using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Rules;
using TaskLocking.StoreContract;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Contract;

/// <summary>
/// Commits that are tried on a state and taken back leave it as it was, also for what is derived from it and for what comes later: beside
/// it goes one that has seen none of them. A failure tells the seed, which <c>TASKLOCKING_SEED</c> takes.
/// </summary>
public sealed class TrialTests : ILiveness
{
    private const int Runs = 40;

    private static readonly string[] Ids = ["T1", "T2", "T3", "T4", "T5", "T6"];
    private static readonly string[] Verbs =
    [
        "define", "define", "define", "next", "next", "start", "complete", "fail", "restart", "depend", "assign", "lock", "register",
        "renew",
    ];

    [Fact]
    public void What_is_taken_back_was_never_there()
    {
        var first = Surroundings.Setting("TASKLOCKING_SEED") ?? new Random().Next();
        var takenBack = 0;
        for (var run = 0; run < Runs; run++)
        {
            var seed = unchecked(first + run);
            var random = new Random(seed);
            var isNumbered = random.Next(2) == 0;
            var (tried, plain) = (Begin(isNumbered), Begin(isNumbered));
            for (var round = 0; round < 12; round++)
            {
                var lines = new List<byte[]>();
                tried.BeginTrial();
                for (var act = random.Next(4); act >= 0; act--)
                {
                    if (Commit(tried, random) is { } line)
                        lines.Add(line);
                }
                if (random.Next(2) == 0)
                {
                    tried.KeepTrial();
                    lines.ForEach(line => plain.Apply(line));
                }
                else
                {
                    tried.TakeBackTrial();
                    takenBack += lines.Count;
                }
                Assert.True(Show(plain) == Show(tried), $"seed {seed}, round {round}:\n{Show(plain)}\n{Show(tried)}");
            }
        }
        Assert.True(takenBack > Runs, $"seed {first}: hardly anything was taken back, so nothing was proved");
    }

    public bool? IsAlive(string? host, int? pid, string? processStart) => true;

    // What a rule decides is applied as its own, or as a line that somebody else has written.
    private byte[]? Commit(BoardState state, Random random)
    {
        var act = new FleetAct(Verbs[random.Next(Verbs.Length)], Ids[random.Next(Ids.Length)], [Ids[random.Next(Ids.Length)]], "a",
            random.Next(120), random.Next(16));
        var draft = new TaskDraft(state, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), "tester", state.Version + 1,
            state.NextTaskNumber);
        string answer;
        try
        {
            answer = act.Run(draft, this, null, out _);
        }
        finally
        {
            draft.Release();
        }
        var attempt = new Attempt<string>(answer, draft);
        if (attempt.IsEmpty)
            return null;
        Assert.True(attempt.CanBeTried);
        var line = attempt.LineFor(state);
        JournalLine.Seal(line, 0);
        var bytes = line.ToArray();
        if (random.Next(3) == 0)
            state.Apply(bytes);
        else
            attempt.ApplyTo(state, line);
        return bytes;
    }

    private static BoardState Begin(bool isNumbered) => !isNumbered ? new BoardState()
        : new BoardState(TodoDocument.Parse(Encoding.UTF8.GetBytes(
            """{"nextTaskNumber":7,"todos":[{"id":"T1","status":"Todo"},{"id":"T2","status":"In Progress","name":"two"}]}""")));

    private static string Show(BoardState state)
    {
        var ready = ReadinessQuery.Select(state, new ReadyQuery(), DateTimeOffset.UtcNow, new TrialTests(), StringComparison.Ordinal);
        _ = state.Graph;
        return string.Join('\n', state.Entries.Select(entry => Encoding.UTF8.GetString(entry.Json.Span)))
            + $"\n{state.Version} {state.NextTaskNumber} {state.LastModified} {state.Count} | "
            + string.Join(',', ready.Select(task => task.Id)) + " | "
            + string.Join(',', state.Agents) + string.Join(',', state.FileLeases);
    }
}
