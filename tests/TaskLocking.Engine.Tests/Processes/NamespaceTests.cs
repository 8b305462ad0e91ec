using System;
using System.IO;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Safety;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>
/// Containers and machines over one folder, as namespaces of this one: hosts with names and machine ids of their own, boots of their own,
/// and pid namespaces. No claim of a living process is ever taken; one of a dead process is found where that can be known.
/// </summary>
public sealed class NamespaceTests : IDisposable
{
    // host NAME MACHINE BOOT COMMAND: as on a host of that name, machine id and boot; "-" leaves one as it is.
    private const string Tools = """
        cd "$PWD"
        host() {
            name=$1 machine=$2 boot=$3; shift 3
            export NAME=$name MACHINE=$machine BOOT=$boot WORK=$PWD
            unshare -um bash -c '
                [ "$NAME" = - ] || hostname "$NAME"
                [ "$MACHINE" = - ] || { echo "$MACHINE" >"$WORK/m.$$"; [ -e /etc/machine-id ] || : >/etc/machine-id
                mount --bind "$WORK/m.$$" /etc/machine-id; }
                [ "$BOOT" = - ] || { echo "$BOOT" >"$WORK/b.$$"; mount --bind "$WORK/b.$$" /proc/sys/kernel/random/boot_id; }
                exec "$@"' host "$@"
        }
        next() { "$TASKLOCK" next --json "$@" 2>/dev/null; }
        got() { grep -q "\"$2\"" <<<"$1" && echo "$2 got it" || echo "$2 got nothing"; }
        live() { sleep 1000 >/dev/null 2>&1 & }
        machine=0123456789abcdef0123456789abcdef other=fedcba9876543210fedcba9876543210
        boot=11111111-2222-3333-4444-555555555555
        "$TASKLOCK" task new A >/dev/null

        """;

    private readonly CliWorkspace _place = new();

    public NamespaceTests() =>
        // Said with each test, for this is what nothing else proves.
        Assert.SkipUnless(OperatingSystem.IsLinux() && StrangeThing.IsRoot && File.Exists("/usr/bin/unshare"),
            "NOT PROVED HERE: needs root and unshare(1) to be several hosts.");

    public void Dispose() => _place.Dispose();

    [Theory]
    // Another machine that is called the same; another boot of the same id, as a copy of a virtual machine has; a name of its own.
    [InlineData("vm $machine $boot")]
    [InlineData("- $other $boot")]
    [InlineData("- - $boot")]
    [InlineData("elsewhere $other $boot")]
    [InlineData("elsewhere - -")]
    [InlineData("elsewhere $other -")]
    public void Another_host_never_takes_what_a_living_process_has(string host) => Says("""
        live; p=$!
        next --agent one --pid $p >/dev/null
        got "$(host HOST "$TASKLOCK" next --agent two --json)" two
        kill $p
        """.Replace("HOST", host, StringComparison.Ordinal), "two got nothing");

    [Theory]
    [InlineData("- - -", "two got it")]
    // It changed its name, and is the same machine and boot.
    [InlineData("renamed - -", "two got it")]
    // What is another machine's process nobody here can know: time judges.
    [InlineData("- - $boot", "two got nothing")]
    [InlineData("- $other $boot", "two got nothing")]
    public void A_dead_process_is_found_where_it_ran(string host, string answer) => Says("""
        live; p=$!
        next --agent one --pid $p >/dev/null
        kill -9 $p; wait $p 2>/dev/null || :
        got "$(host HOST "$TASKLOCK" next --agent two --json)" two
        """.Replace("HOST", host, StringComparison.Ordinal), answer);

    [Fact]
    public void Two_containers_never_judge_each_other_by_a_pid() => Says("""
        mkfifo go
        # In both the agent is process 1.
        unshare -pf --mount-proc bash -c '"$TASKLOCK" next --agent one --pid $$ --json >/dev/null; echo ready >go; exec sleep 1000' & a=$!
        read -r _ <go
        unshare -pf --mount-proc bash -c '"$TASKLOCK" next --agent two --pid $$ --json' >second; got "$(<second)" two
        # The one whose name it shares is another worker, too.
        unshare -pf --mount-proc bash -c '"$TASKLOCK" start A --agent one --pid $$ --json' 2>&1 | grep -o NotOwner
        "$TASKLOCK" task get A --json | grep -c holder_ended || :
        # From outside it is seen to live, and to be gone.
        got "$(next --agent three)" three
        kill -9 $(ps -o pid= --ppid $a); wait $a 2>/dev/null || :
        "$TASKLOCK" task get A --json | grep -o '"holder_ended":"gone"'
        got "$(next --agent four)" four
        """, "two got nothing", "NotOwner", "0", "three got nothing", "\"holder_ended\":\"gone\"", "four got it");

    [Fact]
    public void A_container_that_is_gone_is_dead_with_all_that_was_in_it() => Says("""
        mkfifo go
        unshare -pf --mount-proc bash -c '"$TASKLOCK" next --agent one --pid $$ --json >/dev/null; echo ready >go; exec sleep 1000' & a=$!
        read -r _ <go
        # Its namespace is kept, else the next container may get its number and would know that it is gone.
        exec 9</proc/$(ps -o pid= --ppid $a | tr -d ' ')/ns/pid
        kill -9 $(ps -o pid= --ppid $a); wait $a 2>/dev/null || :
        # Inside of another, nobody can tell.
        unshare -pf --mount-proc bash -c '"$TASKLOCK" next --agent two --json' >inside; got "$(<inside)" two
        exec 9<&-
        got "$(next --agent three)" three
        """, "two got nothing", "three got it");

    [Fact]
    public void A_pid_is_understood_where_the_process_table_is_that_of_outside() => Says("""
        mkfifo go
        # A new namespace that still looks at the old /proc, where its process 1 is another.
        unshare -pf bash -c '"$TASKLOCK" next --agent one --pid $$ --json >/dev/null; echo ready >go; exec sleep 1000' & a=$!
        read -r _ <go
        got "$(next --agent two)" two
        kill -9 $(ps -o pid= --ppid $a); wait $a 2>/dev/null || :
        got "$(next --agent three)" three
        """, "two got nothing", "three got it");

    [Fact]
    public void Who_may_not_see_every_process_calls_none_of_another_container_dead() => Says("""
        chmod -R a+rwX "$PWD" .todo2
        unshare -pf --mount-proc bash -c '"$TASKLOCK" next --agent one --pid $$ --json >/dev/null'
        chmod -R a+rwX .todo2
        export WORK=$PWD
        unshare -m bash -c 'mount -t proc -o hidepid=2 proc /proc
            as() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
            [ -r /proc/1/status ] && ! as test -e /proc/1/status && echo hidden
            as "$TASKLOCK" --workspace "$WORK" next --agent two --json' >answer; head -n 1 answer; got "$(<answer)" two
        """, "hidden", "two got nothing");

    [Fact]
    public void A_command_in_a_container_is_not_the_worker_outside_without_its_token() => Says("""
        token=$(next --agent one --pid $$ | grep -o '"token":[ ]*[0-9]*' | grep -o '[0-9]*$')
        unshare -pf --mount-proc bash -c '"$TASKLOCK" start A --agent one --json' 2>&1 | grep -o NotOwner
        unshare -pf --mount-proc bash -c '"$TASKLOCK" start A --agent one --json --token '"$token" >/dev/null && echo started
        """, "NotOwner", "started");

    private void Says(string script, params string[] lines)
    {
        var answer = _place.RunScript(Tools + script);
        Assert.Equal(string.Join('\n', lines) + "\n", answer.Output);
    }
}
