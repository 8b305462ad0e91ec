using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;

namespace TaskLocking.Proof;

/// <summary>A board of its own in a database; its connections are cut while the workers work.</summary>
/// <param name="database">Where.</param>
/// <param name="name">That of the phase.</param>
/// <param name="folder">The scratch folder of the phase.</param>
internal sealed class DatabaseGround(StressDatabase database, string name, string folder) : IStressGround
{
    public string Place => Address;

    public string Address { get; } = database.AddressOf(name);

    public int Recoveries => 0;

    // A board begins with its first commit.
    public void Begin()
    {
    }

    public TaskBoard Open(bool isOneShot = false) => database.Open(Address, folder, isOneShot);

    public IReadOnlyList<MachineFault> Faults(WorkerCrew crew, Random random, CancellationToken cancellationToken) =>
        database.Cut is { } cut ? [new MachineFault("cut_connection", () => crew.Working(random) is { } worker && cut(worker.Pid))] : [];

    public MachineFault? AfterKill(Random random, CancellationToken cancellationToken) => null;

    // Who loses the server for longer than he waits is told so; whether his last change came through may be unknown.
    public bool Explains(RefusalCode refusal) => refusal is RefusalCode.CommitUncertain or RefusalCode.StoreUnavailable;

    /// <summary>
    /// Who follows from the beginning is told every version once. After a crash some are passed over by a commit that changes nothing: they
    /// may have been seen, and are lost.
    /// </summary>
    public IEnumerable<Violation> Check(TaskBoard board)
    {
        var (version, last) = (board.GetVersion(), 0L);
        using var feed = board.OpenFeed(TaskFeed.Oldest);
        while (last < version)
        {
            var before = last;
            foreach (var commit in feed.Read())
            {
                if (commit.Version <= last || (commit.Version > last + 1 && commit.Changes.Count > 0))
                {
                    yield return Fault(last, version, commit.Version.ToString(CultureInfo.InvariantCulture));
                    yield break;
                }
                last = commit.Version;
            }
            if (last == before)
            {
                yield return Fault(last, version, "nothing more");
                yield break;
            }
        }
    }

    private Violation Fault(long last, long version, string told) => new(ViolationKind.Lost, Place,
        string.Format(CultureInfo.InvariantCulture, "Who follows the board is told {0} after version {1} of {2}.", told, last, version),
        []);
}
