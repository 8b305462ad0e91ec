using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.FileStore;
using TaskLocking.Model;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>
/// Three processes follow a board that others write to, over checkpoints and over writers that begin and end; each is killed at random and
/// goes on behind what it told last. <c>TASKLOCKING_EVENTS</c> sets how many commits, 10,000 for the full proof.
/// </summary>
public sealed class FollowerTests : IDisposable
{
    private const int Followers = 3;
    private const int Crew = 3;
    private const int Crews = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Nothing_is_lost_or_doubled_whoever_is_killed()
    {
        var commits = int.Parse(Environment.GetEnvironmentVariable("TASKLOCKING_EVENTS") ?? "300", CultureInfo.InvariantCulture);
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}, {commits} commits");
        var random = new Random(seed);
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions());
        using var board = new TaskBoard(store, _place.Path, new LockSession());
        board.Define([new TaskDefinition("begin")]);
        var followers = Enumerable.Range(0, Followers).Select(_ => new Follower(_place.Path)).ToList();
        try
        {
            for (var crew = 0; crew < Crews; crew++)
            {
                var writers = Enumerable.Range(0, Crew).Select(number => Worker.Start("crash-agent", _place.Path, $"w{crew}-{number}",
                    (seed + crew * Crew + number).ToString(CultureInfo.InvariantCulture),
                    (commits / (Crew * Crews)).ToString(CultureInfo.InvariantCulture))).ToList();
                for (var kill = 0; kill < 3; kill++)
                {
                    var victim = followers[random.Next(Followers)];
                    victim.Take(random.Next(1, 20), Patience);
                    victim.KillAndResume();
                }
                foreach (var writer in writers)
                {
                    _ = writer.Finish();
                    writer.Dispose();
                }
                // Before the journal that they read is swept they have to be in the next one: two are kept.
                followers.ForEach(follower => follower.TakeUntil(board.GetVersion(), Patience));
                store.Log.Publisher.Checkpoint();
            }
            board.Define([new TaskDefinition("end")]);
            followers.ForEach(follower => follower.TakeUntil(board.GetVersion(), Patience));
        }
        finally
        {
            followers.ForEach(follower => follower.Dispose());
        }
        // A version is given out for each commit, one after the other: a gap would be one that was lost.
        foreach (var follower in followers)
        {
            Assert.Equal(Enumerable.Range(2, follower.Told.Count), follower.Told.Select(told => (int)told.Version));
            Assert.Equal(followers[0].Told, follower.Told);
        }
        Assert.Equal(board.GetVersion(), followers[0].Told[^1].Version);
    }

    // What it told is in the pipe when it is killed.
    private sealed class Follower(string workspace) : IDisposable
    {
        private Worker _worker = Start(workspace, 1);

        public List<(long Version, string What)> Told { get; } = [];

        private long Last => Told.Count > 0 ? Told[^1].Version : 1;

        public void Take(int count, TimeSpan atMost)
        {
            var deadline = new Deadline(atMost);
            for (var until = Told.Count + count; Told.Count < until && deadline.Remaining > TimeSpan.Zero;)
                Hear(_worker.ReadLine() ?? throw new InvalidOperationException(_worker.Errors()));
        }

        public void TakeUntil(long version, TimeSpan atMost)
        {
            var deadline = new Deadline(atMost);
            while (Last < version && deadline.Remaining > TimeSpan.Zero)
                Take(1, atMost);
        }

        public void KillAndResume()
        {
            _worker.Kill();
            foreach (var line in _worker.Lines())
                Hear(line);
            _worker.Dispose();
            _worker = Start(workspace, Last);
        }

        public void Dispose() => _worker.Dispose();

        private static Worker Start(string workspace, long after) =>
            Worker.Start("follow", workspace, after.ToString(CultureInfo.InvariantCulture));

        private void Hear(string[] line)
        {
            if (line is ["event", var version, var what, "."])
                Told.Add((long.Parse(version, CultureInfo.InvariantCulture), what));
        }
    }
}
