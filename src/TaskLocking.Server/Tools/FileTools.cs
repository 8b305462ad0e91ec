using System.Linq;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary><c>file_query</c> and <c>file_lease</c>: one writer a file, over many calls.</summary>
internal static class FileTools
{
    private static readonly ToolField Paths =
        ToolField.Texts("paths", "Paths or patterns (src/**/*.cs), relative to the workspace.");

    public static BoardTool Query { get; } = new("file_query", "Query file leases",
        "list the leases on files; test whether paths could be leased now, and who has them.")
    {
        Actions = [new("list", Changes: false, List), new("test", Changes: false, Test)],
        Fields =
        [
            Paths,
            ToolField.Text("agent", "test: for whom; list: whose."),
            ToolField.Flag("shared", "test: to read beside others."),
            Page.Limit,
            Page.Cursor,
        ],
        Answer =
        [
            ("success", "boolean"), ("version", "integer"), ("leases", "array"), ("results", "array"), ("free", "boolean"),
            ("refusal", "object"), .. Page.Members,
        ],
    };

    public static BoardTool Lease { get; } = new("file_lease", "Lease files",
        "lock takes leases on files before you write them, all or none, and renews what you have; unlock frees them, all of yours "
        + "without paths.")
    {
        Actions = [new("lock", Changes: true, Lock), new("unlock", Changes: true, Unlock)],
        Fields =
        [
            Paths,
            ToolField.Text("agent", "Who writes."),
            ToolField.Flag("shared", "lock: to read beside others that share."),
            ToolField.Text("ttl", "lock: how long it holds, as 2h. Default 30m."),
        ],
        Answer =
        [
            ("success", "boolean"), ("version", "integer"), ("leases", "array"), ("failed", "array"), ("refusal", "object"),
        ],
    };

    private static ToolAnswer List(ToolCall call)
    {
        var leases = call.Board.GetFileLeases(call.Text("agent"));
        return ToolAnswer.Done(call.Version, writer =>
            Page.Write(writer, call, "leases", leases, lease => $"{lease.Path}\n{lease.Agent}\n{lease.Worktree}", LeaseJson.Write));
    }

    private static ToolAnswer Test(ToolCall call)
    {
        var results = call.Board.TestFiles(Request(call));
        return ToolAnswer.Done(call.Version, writer =>
        {
            writer.WriteBoolean("free", results.All(result => result.IsFree));
            JsonText.Write(writer, "results", results, LeaseJson.Write);
        });
    }

    private static ToolAnswer Lock(ToolCall call) => Answer(call, call.Board.LockFiles(Request(call) with
    {
        Ttl = call.Length("ttl") ?? FileLeaseRequest.DefaultTtl,
    }, call.Commit(), call.Cancellation));

    private static ToolAnswer Unlock(ToolCall call) => Answer(call, call.Board.UnlockFiles(new FileUnlockRequest(call.Agent())
    {
        Paths = call.Texts("paths"),
        Callers = call.Setting.Callers,
    }, call.Commit(), call.Cancellation));

    private static FileLeaseRequest Request(ToolCall call) =>
        call.Texts("paths") is { Count: > 0 } paths
            ? new FileLeaseRequest(call.Holder(), paths) { IsShared = call.Flag("shared") }
            : throw ToolCall.Fault("'paths' is missing.");

    private static ToolAnswer Answer(ToolCall call, FileLeaseAnswer answer) =>
        ToolAnswer.Of(answer.Success ? null : answer.Refused[0], writer =>
        {
            writer.WriteBoolean("success", answer.Success);
            writer.WriteNumber("version", call.Version);
            JsonText.Write(writer, "leases", answer.Leases, LeaseJson.Write);
            if (!answer.Success)
                ToolAnswer.Write(writer, "refusal", answer.Refused[0]);
            JsonText.Write(writer, "failed", answer.Refused, static (each, refusal) => ToolAnswer.Write(each, null, refusal));
        });
}
