using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using TaskLocking.Server;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>A claim is a handle: its token proves whose it is.</summary>
public sealed class ClaimToolTests : IDisposable
{
    private readonly BoardFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_task_goes_from_claim_to_completion_by_its_token()
    {
        _folder.Define("T");
        var token = Claim("ann");
        Done($$"""{"action":"start","agent":"ann","task_id":"T","token":{{token}}}""");
        Done($$"""{"action":"renew","agent":"ann","task_id":"T","token":{{token}},"ttl":"1h"}""");
        Done($$"""{"action":"complete","agent":"ann","task_id":"T","token":{{token}}}""");
        Assert.Equal(AgentTaskStatus.Done, _folder.Board.FindTask("T")!.Status);
    }

    [Fact]
    public void What_failed_can_be_tried_again_and_what_was_not_begun_is_given_back()
    {
        _folder.Define("T");
        var token = Claim("ann");
        Done($$"""{"action":"release","agent":"ann","task_id":"T","token":{{token}}}""");
        Assert.Null(_folder.Board.FindTask("T")!.Claim);
        token = Claim("ann", start: true);
        Done($$"""{"action":"fail","agent":"ann","task_id":"T","token":{{token}},"reason":"no","final":true}""");
        Assert.Equal(AgentTaskStatus.Failed, _folder.Board.FindTask("T")!.Status);
        Done("""{"action":"retry","task_id":"T"}""");
        Assert.Equal(AgentTaskStatus.Todo, _folder.Board.FindTask("T")!.Status);
    }

    [Fact]
    public void Reviewed_work_is_sent_back()
    {
        _folder.Define("T");
        var token = Claim("ann", start: true);
        Done($$"""{"action":"complete","agent":"ann","task_id":"T","token":{{token}},"for_review":true}""");
        Done("""{"action":"reject","task_id":"T","reason":"no test","agent":"eva"}""");
        Assert.Equal(AgentTaskStatus.Todo, _folder.Board.FindTask("T")!.Status);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("complete")]
    [InlineData("fail")]
    [InlineData("renew")]
    [InlineData("release")]
    public void Without_its_token_a_claim_is_nobodys_even_under_the_same_name(string action)
    {
        _folder.Define("T");
        var token = Claim("ann", start: action != "release");
        foreach (var proof in new[] { "", $",\"token\":{token + 1}" })
        {
            var answer = _folder.Call("claim", $$"""{"action":"{{action}}","agent":"ann","task_id":"T","reason":"r"{{proof}}}""");
            Assert.Equal(proof.Length == 0 ? RefusalCode.InvalidArgument : RefusalCode.LeaseLost, answer.Refusal!.Code);
        }
        Assert.Equal(token, _folder.Board.FindTask("T")!.Claim!.Token);
    }

    [Fact]
    public void Others_are_not_told_the_token()
    {
        _folder.Define("T");
        Claim("ann");
        foreach (var (tool, arguments) in new[]
        {
            ("task_query", """{"action":"get","task_id":"T"}"""),
            ("task_query", """{"action":"find"}"""),
            ("agent_query", """{"action":"work"}"""),
        })
            Assert.DoesNotContain("\"token\"", _folder.Ask(tool, arguments).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_caller_whose_token_is_ones_own_acts_under_no_other_name()
    {
        _folder.Define("T");
        _folder.Setting = _folder.Setting with { BoundAgent = "ann" };
        Assert.Equal(RefusalCode.NotPermitted, _folder.Call("claim", """{"action":"next","agent":"bob"}""").Refusal!.Code);
        Claim("ann");
        Assert.Equal("ann", _folder.Board.FindTask("T")!.Claim!.Agent);
    }

    [Fact]
    public void A_claim_over_standard_streams_is_judged_by_the_clients_process()
    {
        _folder.Define("T");
        var own = Environment.ProcessId;
        _folder.Setting = _folder.Setting with { Client = new ClientProcess(own, ProcessLiveness.StartOf(own)!) };
        var task = _folder.Ask("claim", """{"action":"next","agent":"ann"}""")["tasks"]![0]!;
        Assert.Equal("process", (string?)task["claim"]!["liveness"]);
        Assert.Equal(own, (int)task["claim"]!["pid"]!);
        Assert.Equal(own, _folder.Board.FindTask("T")!.Claim!.Pid);
    }

    [Fact]
    public async Task A_wait_ends_when_somebody_defines_a_task()
    {
        var waits = new TaskCompletionSource();
        var call = Call("""{"action":"next","agent":"ann","wait_seconds":50}""", () => waits.TrySetResult(), CancellationToken.None);
        var answer = Task.Run(() => ToolTable.Run(Tool, call), TestContext.Current.CancellationToken);
        await waits.Task;
        _folder.Define("T");
        var tasks = JsonNode.Parse((await answer).Json)!["tasks"]!.AsArray();
        Assert.Equal("T", (string?)Assert.Single(tasks)!["id"]);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_leaves_no_claim()
    {
        using var cancel = new CancellationTokenSource();
        var waits = new TaskCompletionSource();
        var call = Call("""{"action":"next","agent":"ann","wait_seconds":50}""", () => waits.TrySetResult(), cancel.Token);
        var answer = Task.Run(() => ToolTable.Run(Tool, call), TestContext.Current.CancellationToken);
        await waits.Task;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        _folder.Define("T");
        Assert.Null(_folder.Board.FindTask("T")!.Claim);
    }

    private static BoardTool Tool => ToolTable.All.Single(tool => tool.Name == "claim");

    private ToolCall Call(string arguments, Action onWait, CancellationToken cancellation)
    {
        using var document = System.Text.Json.JsonDocument.Parse(arguments);
        var given = document.RootElement.EnumerateObject().ToDictionary(each => each.Name, each => each.Value.Clone());
        return new ToolCall(_folder.Setting, given, cancellation) { OnWait = (_, _) => onWait() };
    }

    private long Claim(string agent, bool start = false) =>
        (long)_folder.Ask("claim", $$"""{"action":"next","agent":"{{agent}}","start":{{(start ? "true" : "false")}}}""")
            ["tasks"]![0]!["claim"]!["token"]!;

    private void Done(string arguments)
    {
        var answer = _folder.Call("claim", arguments);
        Assert.True(answer.Refusal is null, answer.Refusal?.Message);
    }
}
