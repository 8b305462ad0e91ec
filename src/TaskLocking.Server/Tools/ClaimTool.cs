using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary><c>claim</c>: the life of a claim. Its token proves whose it is: who has it not, is refused, under whatever name.</summary>
internal static class ClaimTool
{
    private const int LongestWait = 50;

    public static BoardTool Table { get; } = new("claim", "Claim tasks and work on them",
        "next takes the best ready task for you alone and gives its token; then start (or next with start), work, and complete or fail "
        + "with that token. renew while it lasts; release gives back what you have not begun; reject sends reviewed work back; retry "
        + "puts a failed task into the queue again.")
    {
        Actions =
        [
            new("next", Changes: true, Next),
            new("start", Changes: true, Start),
            new("complete", Changes: true, Complete),
            new("fail", Changes: true, Fail),
            new("renew", Changes: true, Renew),
            new("release", Changes: true, Release),
            new("reject", Changes: true, Reject),
            new("retry", Changes: true, Retry),
        ],
        Fields =
        [
            ToolField.Text("agent", "Who works; the same name in all calls."),
            ToolField.Text("task_id", "All but next: the task."),
            ToolField.Integer("token", "start, complete, fail, renew, release: the claim's token, from next."),
            ToolField.Text("reason", "fail, reject: why, in a line."),
            ToolField.Text("ttl", "next, start, renew: how long the claim holds, as 30m. Default 4h."),
            ToolField.Flag("start", "next: begin the work in the same commit."),
            ToolField.Integer("count", "next: so many tasks.", 1, 1, Page.MostItems),
            ToolField.Text("swarm", "next: only of this swarm."),
            ToolField.Texts("tags", "next: with all of these."),
            ToolField.Texts("capabilities", "next, start: what you can do besides."),
            ToolField.Word("on_overlap", "next, start: where somebody else has files of the task.", "deny", "deny", "warn"),
            ToolField.Integer("wait_seconds", "next: wait so long for one.", 0, 0, LongestWait),
            ToolField.Flag("final", "fail: no further attempt."),
            ToolField.Flag("for_review", "complete: a person shall look at it first."),
            ToolField.RequestId("All but release: a new id; sent again with it, it is done once and answered alike."),
        ],
        Answer =
        [
            ("success", "boolean"), ("version", "integer"), ("tasks", "array"), ("failed", "array"), ("refusal", "object"),
            ("nothing", "string null"), ("in_vain", "string null"), ("replayed", "boolean"),
        ],
    };

    private static ToolAnswer Next(ToolCall call)
    {
        var holder = call.Holder();
        var request = new TaskRequest(holder)
        {
            Ttl = call.Length("ttl") ?? TaskRequest.DefaultTtl,
            Capabilities = call.Texts("capabilities"),
            Swarm = call.Text("swarm"),
            Tags = call.Texts("tags"),
            OnOverlap = Overlap(call),
            Start = call.Flag("start"),
            Count = call.Integer("count", 1),
        };
        var answer = Take(call, request, TimeSpan.FromSeconds(call.Integer("wait_seconds", 0)));
        GiveBackIfLate(call, answer, holder.Agent);
        return ToolAnswer.Done(call.Version, writer =>
        {
            JsonText.Write(writer, "tasks", answer.Claimed, TaskLine.WriteClaimed);
            writer.WriteString("nothing", answer.Nothing);
            writer.WriteString("in_vain", answer.InVain);
        });
    }

    private static TaskRequestAnswer Take(ToolCall call, TaskRequest request, TimeSpan patience)
    {
        var told = -1;
        return call.Board.RequestWhenFree(request, new RequestWait { AtMost = patience, OnWait = Tell }, call.Commit(), call.Cancellation);

        void Tell(TimeSpan waited)
        {
            if ((int)waited.TotalSeconds <= told)
                return;
            told = (int)waited.TotalSeconds;
            call.OnWait?.Invoke(told, (int)patience.TotalSeconds);
        }
    }

    // Whoever cancelled is told nothing, so nobody would have the token.
    private static void GiveBackIfLate(ToolCall call, TaskRequestAnswer answer, string agent)
    {
        if (!call.Cancellation.IsCancellationRequested)
            return;
        var claims = answer.Claimed.Select(outcome => new GiveBackRequest(outcome.Id, agent, outcome.Task!.Claim!.Token)).ToList();
        if (claims.Count > 0)
            call.Board.GiveBack(claims, call.Commit(agent), CancellationToken.None);
        call.Cancellation.ThrowIfCancellationRequested();
    }

    private static ToolAnswer Start(ToolCall call)
    {
        var id = call.Need("task_id");
        // What is assigned and not claimed has no token yet: the start gives it.
        var token = call.Integer("token");
        if (token is null && call.Board.FindTask(id)?.Claim is not null)
            throw NoToken(id);
        return Claimed(call, call.Board.Start([new StartRequest(id, call.Holder())
        {
            Token = token,
            Ttl = call.Length("ttl") ?? TaskRequest.DefaultTtl,
            Capabilities = call.Texts("capabilities"),
            OnOverlap = Overlap(call),
        }], call.Commit(), call.Cancellation));
    }

    private static ToolAnswer Complete(ToolCall call) => Claimed(call, call.Board.Complete([new CompleteRequest(Id(call), call.Agent())
    {
        Token = Token(call),
        Callers = call.Setting.Callers,
        ForReview = call.Flag("for_review"),
    }], call.Commit(), call.Cancellation));

    private static ToolAnswer Fail(ToolCall call)
    {
        var request = new FailRequest(Id(call), call.Agent(), call.Need("reason"))
        {
            Token = Token(call),
            Callers = call.Setting.Callers,
            IsFinal = call.Flag("final"),
        };
        return Claimed(call, call.Board.Fail([request], call.Commit(), call.Cancellation));
    }

    private static ToolAnswer Renew(ToolCall call)
    {
        var holder = call.Holder();
        return Claimed(call, call.Board.Renew([new RenewRequest(Id(call), holder.Agent)
        {
            Token = Token(call),
            Host = holder.Host,
            Pid = holder.Pid,
            ProcessStart = holder.ProcessStart,
            Callers = holder.Callers,
            Ttl = call.Length("ttl"),
        }], call.Commit(), call.Cancellation));
    }

    private static ToolAnswer Release(ToolCall call) =>
        Claimed(call, call.Board.GiveBack([new GiveBackRequest(Id(call), call.Agent(), Token(call))], call.Commit(), call.Cancellation));

    private static ToolAnswer Reject(ToolCall call) => Plain(call, call.Board.Reject(
        [new RejectRequest(Id(call), call.Need("reason")) { IfVersion = call.IfVersion }], call.Commit(), call.Cancellation));

    private static ToolAnswer Retry(ToolCall call) => Plain(call, call.Board.Restart(
        [new RestartRequest(Id(call)) { IfVersion = call.IfVersion }], call.Commit(), call.Cancellation));

    private static ToolAnswer Claimed(ToolCall call, IReadOnlyList<TaskOutcome> outcomes) =>
        ToolAnswer.Outcomes(call.Version, outcomes, TaskLine.WriteClaimed);

    private static ToolAnswer Plain(ToolCall call, IReadOnlyList<TaskOutcome> outcomes) =>
        ToolAnswer.Outcomes(call.Version, outcomes, TaskLine.Write);

    private static string Id(ToolCall call) => call.Need("task_id");

    private static long Token(ToolCall call) => call.Integer("token") ?? throw NoToken(Id(call));

    private static TaskLockingException NoToken(string id) =>
        ToolCall.Fault($"Give the token of your claim on {id}, which next gave. A name alone does not prove whose it is.");

    private static FileOverlap Overlap(ToolCall call) => call.Text("on_overlap") == "warn" ? FileOverlap.Warn : FileOverlap.Deny;
}
