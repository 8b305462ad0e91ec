using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;
using TaskLocking.Tests.Cli;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>An agent, a shell script of one-shot commands, is stopped in the middle of its work and comes back later.</summary>
[Collection(ProcessTests.Name)]
public sealed class LateFinisherTests : IDisposable
{
    // Its claim ends after a second, unless its process is named and lives.
    private static readonly string Late = $$"""
        cd "$1"; shift
        answer=$('{{TasklockProcess.Program}}' --json next --agent late --ttl 1s ${PROCESS:+--pid $$})
        [[ $answer =~ \"token\":\ *([0-9]+) ]]; token=${BASH_REMATCH[1]}
        '{{TasklockProcess.Program}}' --json start T-1 --agent late --token $token >/dev/null
        echo "STARTED"; read -r _ || true
        '{{TasklockProcess.Program}}' --json complete T-1 --agent late --token $token 2>&1 | tr -d '\n'; code=${PIPESTATUS[0]}
        printf '\n%s\n%s\n' $code $token
        """;

    private readonly CliWorkspace _place = new CliWorkspace().With("T-1");

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Who_comes_back_after_his_time_is_refused_and_told_who_has_it() => Refused(() =>
    {
        for (var guard = Stopwatch.StartNew(); guard.Elapsed < TimeSpan.FromMinutes(1); Thread.Sleep(50))
        {
            if (_place.Run("--json", "next", "--agent", "other").Document() is { ValueKind: JsonValueKind.Object } task)
                return Token(task);
        }
        return 0;
    });

    [Fact]
    public void Who_comes_back_after_it_was_taken_from_him_is_refused_and_told_who_has_it() => Refused(() =>
    {
        Assert.Equal(0, _place.Run("assign", "T-1", "--to", "other", "--force").ExitCode);
        return Token(_place.Run("--json", "start", "T-1", "--agent", "other").Document());
    });

    [Fact]
    public void A_stopped_process_keeps_its_claim_beyond_its_time()
    {
        using var late = Script.Start("PROCESS=yes\n" + Late, _place.Folder);
        late.Expect("STARTED");
        ProcessSignal.Suspend(late.Pid);
        var expires = Claim(_place.Run("--json", "task", "get", "T-1").Document()).GetProperty("expires").GetDateTimeOffset();
        while (DateTimeOffset.UtcNow <= expires)
            Thread.Sleep(20);
        Assert.Equal(JsonValueKind.Null, _place.Run("--json", "next", "--agent", "other").Document().ValueKind);
        late.Go();
        ProcessSignal.Resume(late.Pid);
        late.ReadLine();
        Assert.Equal("0", late.ReadLine());
        Assert.Equal("Done", _place.Run("--json", "task", "get", "T-1").Document().GetProperty("status").GetString());
    }

    private void Refused(Func<long> takeOver)
    {
        using var late = Script.Start("PROCESS=\n" + Late, _place.Folder);
        late.Expect("STARTED");
        ProcessSignal.Suspend(late.Pid);
        var token = takeOver();
        late.Go();
        ProcessSignal.Resume(late.Pid);
        using var refusal = JsonDocument.Parse(late.ReadLine());
        Assert.Equal(("8", "LeaseLost", "other"),
            (late.ReadLine(), refusal.RootElement.GetProperty("code").GetString(), refusal.RootElement.GetProperty("agent").GetString()));
        Assert.True(token > long.Parse(late.ReadLine()));
        Assert.Equal(0, _place.Run("start", "T-1", "--agent", "other", "--token", token.ToString()).ExitCode);
        Assert.Equal(0, _place.Run("complete", "T-1", "--agent", "other", "--token", token.ToString()).ExitCode);
        var done = _place.Run("--json", "task", "history", "T-1").Document().EnumerateArray()
            .Where(entry => entry.GetProperty("newValue").ToString() == "Done");
        Assert.Single(done);
    }

    private static long Token(JsonElement task) => Claim(task).GetProperty("token").GetInt64();

    private static JsonElement Claim(JsonElement task) => task.GetProperty("taskLocking").GetProperty("claim");
}
