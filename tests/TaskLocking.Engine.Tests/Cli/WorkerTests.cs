using System;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>
/// Who works, by a name and a process, as scripts of one-shot commands have it. Each script says what it found, a line each.
/// </summary>
public sealed class WorkerTests : IDisposable
{
    // says CODE COMMAND...: what it exits with, and the code of its refusal.
    private const string Tools = """
        says() { "$TASKLOCK" "$@" --json >out 2>error && echo "$1: ok" ||
            echo "$1: $? $(grep -o '"code":"[A-Za-z]*"' error | cut -d'"' -f4)"; }
        quiet() { "$TASKLOCK" "$@" >/dev/null; }
        live() { sleep 1000 >/dev/null 2>&1 & }
        token() { "$TASKLOCK" task get "$1" --json | grep -o '"token":[0-9]*' | cut -d: -f2; }
        trap 'kill $(jobs -p) 2>/dev/null || :' EXIT
        quiet task new A

        """;

    private readonly CliWorkspace _place = new();

    public WorkerTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process was started by is told on Linux.");

    public void Dispose() => _place.Dispose();

    [Theory]
    // The usual case: a script, or an agent that lives, and each command a process of its own.
    [InlineData("--pid $$")]
    [InlineData("")]
    [InlineData("--pid 0")]
    public void An_agent_that_calls_the_commands_itself_goes_on_with_what_it_has(string pid) => Says($$"""
        says next --agent claude {{pid}}
        says start A --agent claude
        (says renew A --agent claude)
        bash -c '"$TASKLOCK" file lock x --agent claude' >/dev/null && says file unlock x --agent claude
        nohup setsid bash -c '"$TASKLOCK" complete A --agent claude' >/dev/null 2>&1 && echo done
        """, "next: ok", "start: ok", "renew: ok", "file: ok", "done");

    [Fact]
    public void A_variable_names_the_worker_for_all_commands() => Says("""
        live; p=$!; live; q=$!
        export TASKLOCKING_PID=$p
        says next --agent claude
        says start A --agent claude
        TASKLOCKING_PID=$q says complete A --agent claude
        says complete A --agent claude
        """, "next: ok", "start: ok", "complete: 7 NotOwner", "complete: ok");

    [Fact]
    public void A_second_process_of_the_name_gets_neither_claim_nor_lease() => Says("""
        live; p=$!; live; q=$!
        quiet next --agent claude --pid $p
        says start A --agent claude --pid $q
        says start A --agent claude
        grep -o "pid $p on" error; grep -o 'since 20' error
        says file lock x --agent claude --pid $p
        says file lock x --agent claude --pid $q
        says file test x --agent claude --pid $q
        says file unlock x --agent claude --pid $q
        quiet file unlock --all --agent claude --pid $q
        "$TASKLOCK" file list --json | grep -c '"pid":'"$p"
        says file lock x --agent claude --pid $p
        """, "start: 7 NotOwner", "start: 7 NotOwner", "pid $p on".Replace("$p", "PID", StringComparison.Ordinal), "since 20", "file: ok",
            "file: 3 FileLocked", "file: 3 ",
        "file: 7 NotOwner", "1", "file: ok");

    [Fact]
    public void The_token_or_force_goes_on_with_it_and_it_is_then_the_new_ones() => Says("""
        live; p=$!; live; q=$!; live; r=$!
        quiet next --agent claude --pid $p; quiet start A --agent claude --pid $p
        says start A --agent claude --pid $q --token $(token A)
        says complete A --agent claude --pid $p
        says start A --agent claude --pid $r --force
        says renew A --agent claude --pid $q
        says renew A --agent other --pid $r --force
        kill $p $q
        quiet nightly
        says complete A --agent claude --pid $r
        """, "start: ok", "complete: 7 NotOwner", "start: ok", "renew: 7 NotOwner", "renew: 7 NotOwner", "complete: ok");

    [Fact]
    public void A_worker_hands_its_task_to_a_child() => Says("""
        quiet next --agent claude --pid $$
        live; child=$!
        says start A --agent claude --pid $child
        "$TASKLOCK" task get A --json | grep -c '"pid":'$child
        # The worker itself is no child of its child.
        says complete A --agent claude
        says complete A --agent claude --pid $child
        """, "start: ok", "1", "complete: 7 NotOwner", "complete: ok");

    [Fact]
    public void What_a_dead_process_had_is_anybodys_of_the_name() => Says("""
        live; p=$!
        quiet next --agent claude --pid $p; quiet start A --agent claude --pid $p; quiet file lock x --agent claude --pid $p
        kill -9 $p; wait $p 2>/dev/null || :
        "$TASKLOCK" task get | grep -o 'agent:claude (gone)'
        "$TASKLOCK" task get A | grep -o 'Claim.*(gone)' | grep -o '(gone)'
        "$TASKLOCK" task get A --json | grep -o '"holder_ended":"gone"'
        says file lock x --agent claude
        says complete A --agent claude
        """, "agent:claude (gone)", "(gone)", "\"holder_ended\":\"gone\"", "file: ok", "complete: ok");

    [Fact]
    public void A_person_and_an_agent_of_one_name_are_two() => Says("""
        quiet assign A --to bob --type human
        "$TASKLOCK" next --agent bob --json 2>/dev/null
        says start A --agent bob
        says start A --agent bob --type human
        says complete A --agent bob
        says complete A --agent bob --type human
        quiet agent add bob; quiet agent add bob --type human
        says agent remove bob
        quiet agent remove bob --type agent
        "$TASKLOCK" agent list --json | grep -o '"type":"[a-z]*"'
        """, "null", "start: 7 NotOwner", "start: ok", "complete: 7 NotOwner", "complete: ok", "agent: 2 InvalidArgument",
            "\"type\":\"human\"");

    [Fact]
    public void Nobody_approves_his_own_work() => Says("""
        quiet task new B --needs-review --priority critical
        quiet next --agent bot; quiet start B --agent bot; quiet complete B --agent bot
        says complete B --agent bot --type human
        says complete B --agent stranger --type human
        quiet agent add bot eva --type human
        says complete B --agent bot --type human
        quiet assign B --to somebody --force
        says complete B --agent bot --type human
        says complete B --agent eva --type human
        """, "complete: 7 NotPermitted", "complete: 7 NotPermitted", "complete: 7 NotPermitted", "complete: 7 NotPermitted",
            "complete: ok");

    [Fact]
    public void Two_that_share_a_file_under_one_name_each_keep_their_share() => Says("""
        live; p=$!; live; q=$!; live; r=$!
        says file lock x --agent claude --pid $p --shared
        says file lock x --agent claude --pid $q --shared
        kill -9 $q; wait $q 2>/dev/null || :
        says file lock x --agent claude --pid $r
        kill -9 $p; wait $p 2>/dev/null || :
        says file lock x --agent claude --pid $r
        """, "file: ok", "file: ok", "file: 3 FileLocked", "file: ok");

    private void Says(string script, params string[] lines)
    {
        var answer = _place.RunScript(Tools + script);
        var output = System.Text.RegularExpressions.Regex.Replace(answer.Output, @"pid \d+ on", "pid PID on");
        Assert.Equal(string.Join('\n', lines) + "\n", output);
    }
}
