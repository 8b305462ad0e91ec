using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using TaskLocking.PostgreSql;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// The history of a fight over a board is linear, whatever the server does meanwhile; and where it is not, that is found. A failure tells
/// the seed, which <c>TASKLOCKING_SEED</c> takes; <c>TASKLOCKING_STRESS_SECONDS</c> sets how long it goes on, 3600 for the full proof.
/// </summary>
public sealed class StressTests : IDisposable
{
    private const int Workers = 6;

    private readonly ScratchCluster _server = new();
    private readonly string _board = Guid.NewGuid().ToString("N");
    private readonly int _seed = Setting("TASKLOCKING_SEED") ?? new Random().Next();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void With_crashes_and_ended_backends_it_is_linear()
    {
        _ = _server.Address(_board);
        using var stress = new Stress(_server, _board, _seed);
        var time = TimeSpan.FromSeconds(Setting("TASKLOCKING_STRESS_SECONDS") ?? 0);
        var faults = 0;
        stress.Run(Workers, () =>
        {
            var watch = Stopwatch.StartNew();
            do
            {
                for (var ended = 0; ended < 5; ended++)
                {
                    stress.Await(20);
                    _server.Run("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like 'tasklock %' "
                        + "and random() < 0.5");
                }
                stress.Await(60);
                _server.Crash();
                faults++;
            }
            while (faults < 2 || watch.Elapsed < time);
            stress.Await(60);
        });
        var broken = stress.Judge();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"seed {_seed}: {stress.Operations} operations, {faults} crashes, {stress.Uncertain} uncertain answers");
        Assert.True(broken.Count == 0, $"seed {_seed}: {string.Join('\n', broken.Take(3))}");
    }

    [Fact]
    public void A_server_that_does_not_compare_keys_is_found()
    {
        _ = _server.Address(_board);
        Plant("far or held or (p_reads[i] is null and (newer or void)) or p_reads[i]::bigint[] && touched", "far");
        // What is found there in a debug build would end the process; here somebody else is to find it.
        var listeners = Trace.Listeners.Cast<TraceListener>().ToArray();
        Trace.Listeners.Clear();
        try
        {
            using var stress = new Stress(_server, _board, _seed);
            stress.Run(Workers, () => stress.Await(600));
            Assert.True(stress.Judge().Count > 0, $"seed {_seed}: {stress.Operations} operations and nothing was found");
        }
        finally
        {
            Trace.Listeners.AddRange(listeners);
        }
    }

    [Fact]
    public void Versions_of_a_sequence_are_found()
    {
        var address = _server.Address(_board);
        _server.Run("create sequence tasklocking.planted");
        Plant("v := v + 1;", "v := nextval('tasklocking.planted');");
        var fleet = new Fleet(_server, () => address, _board);
        fleet.Run(1, () =>
        {
            fleet.Await(20);
            // A number that is drawn and not used, as by a transaction that is ended.
            _server.Run("select nextval('tasklocking.planted')");
            fleet.Await(10);
        });
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(fleet.Check);
    }

    private void Plant(string right, string wrong)
    {
        var text = Migrations.TextOf(Migrations.Names[^1], ServerAddress.DefaultSchema);
        var procedure = text[text.IndexOf("create or replace procedure", StringComparison.Ordinal)..];
        Assert.Contains(right, procedure, StringComparison.Ordinal);
        _server.Run(procedure.Replace(right, wrong, StringComparison.Ordinal));
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
