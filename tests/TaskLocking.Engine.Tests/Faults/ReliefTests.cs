using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Tests.Processes;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// The ground gives way below processes that work on it and comes back: each answer is a success that is there afterwards or a refusal by
/// the right code, and the same processes go on. A script makes the mount and leads three workers, step by step.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class ReliefTests : IDisposable
{
    // Three workers that define as many tasks as a line of their input says; "PHASE name" stands before what they told in it.
    private const string Lead = """
        mkdir "$1.pipes"; trap 'rm -rf "$1.pipes"' EXIT
        for n in 1 2 3; do mkfifo "$1.pipes/in$n" "$1.pipes/out$n"; done
        for n in 1 2 3; do $PLAIN "$WORKER" steps "$1" "w$n" < "$1.pipes/in$n" > "$1.pipes/out$n" & done
        exec 11> "$1.pipes/in1" 12> "$1.pipes/in2" 13> "$1.pipes/in3" 21< "$1.pipes/out1" 22< "$1.pipes/out2" 23< "$1.pipes/out3"
        told() { for n in 1 2 3; do while read -r line <&2$n && [ "$line" != READY ]; do echo "$line"; done; done; }
        told
        step() { printf 'PHASE\t%s\n' "$1"; for n in 1 2 3; do echo "$2" >&1$n; done; told; }

        """;

    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_disk_that_runs_full_and_is_relieved()
    {
        var phases = Run("PLAIN=; mount -t tmpfs -o size=4m tmpfs \"$1\"\n", """
            step before 8
            cat /dev/zero > "$1/ballast" 2> /dev/null || true
            step full 8
            rm "$1/ballast"
            step after 8
            """);
        Assert.All(phases["full"].Where(line => line[0] == "refused"), line => Assert.Equal("DiskFull", line[1]));
        Assert.Contains(phases["full"], line => line[0] == "refused");
    }

    [Fact]
    public void A_right_that_is_withdrawn_and_given_back()
    {
        var phases = Run("PLAIN=; [ \"$(id -u)\" != 0 ] || PLAIN='setpriv --bounding-set=-dac_override,-dac_read_search --'\n", """
            step before 8
            chmod -R a-w "$1/.todo2"
            step withdrawn 8
            echo | $PLAIN "$WORKER" define "$1" fresh 2> /dev/null || true
            chmod -R u+w "$1/.todo2"
            step after 8
            """);
        // Who has his files open already goes on; who comes now may not.
        Assert.All(phases["withdrawn"].Where(line => line[0] == "refused"), line => Assert.Equal("AccessDenied", line[1]));
        Assert.Contains(phases["withdrawn"], line => line[0] == "refused");
    }

    private Dictionary<string, List<string[]>> Run(string ground, string steps)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a small mount, or setpriv.");
        var script = ground + Lead + steps + "\nexec 11>&- 12>&- 13>&-; wait; printf 'PHASE\\tend\\n'; echo | \"$WORKER\" list \"$1\"";
        var lines = Script.Run("export SCRIPT='" + script.Replace("'", "'\\''", StringComparison.Ordinal) + "'\n" +
            "[ \"$(id -u)\" = 0 ] && flags=-m || flags=-Urm\nexec unshare $flags bash -eu -c \"$SCRIPT\" bash \"$1\"", _place.Path);
        var phases = new Dictionary<string, List<string[]>>();
        var phase = new List<string[]>();
        foreach (var line in lines)
        {
            if (line[0] == "PHASE")
                phases[line[1]] = phase = [];
            else
                phase.Add(line);
        }
        foreach (var calm in new[] { "before", "after" })
        {
            Assert.All(phases[calm], line => Assert.Equal("defined", line[0]));
            Assert.Equal(24, phases[calm].Count);
        }
        var acknowledged = phases.Values.SelectMany(told => told).Where(line => line[0] == "defined").Select(line => line[^1]);
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), phases["end"].Where(line => line[0] == "task").Select(line => line[1])
            .Order(StringComparer.Ordinal));
        return phases;
    }
}
