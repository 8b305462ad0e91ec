using System.Globalization;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary><c>topic_query</c> and <c>topic_create</c>: numbered folders for plans and reports.</summary>
internal static class TopicTools
{
    public static BoardTool Query { get; } = new("topic_query", "Query topic folders",
        "list the numbered topic folders; check them for duplicate numbers and other faults.")
    {
        Actions = [new("list", Changes: false, List), new("check", Changes: false, Check)],
        Fields = [Page.Limit, Page.Cursor],
        Answer =
        [
            ("success", "boolean"), ("version", "integer"), ("topics", "array"), ("report", "object"), ("refusal", "object"),
            .. Page.Members,
        ],
    };

    public static BoardTool Create { get; } = new("topic_create", "Create topic folders",
        "create makes the folder with the next number, whoever else does so now; artifact makes a folder inside of one.")
    {
        Actions = [new("create", Changes: true, New), new("artifact", Changes: true, Artifact)],
        Fields =
        [
            ToolField.Texts("names", "create: the topics."),
            ToolField.Flag("reuse", "create: the topic of exactly that name, if there is one."),
            ToolField.Integer("number", "artifact: of which topic.", 1, 0, int.MaxValue) with { Default = null },
            ToolField.Word("kind", "artifact: which folder.", null, "reports", "plans", "summaries", "debug", "scripts", "outputs"),
        ],
        Answer =
        [
            ("success", "boolean"), ("version", "integer"), ("topics", "array"), ("path", "string"), ("refusal", "object"),
        ],
    };

    private static ToolAnswer List(ToolCall call)
    {
        using var store = Open(call);
        var topics = store.List();
        return ToolAnswer.Done(call.Version, writer => Page.Write(writer, call, "topics", topics, topic => topic.Path, TopicJson.Write));
    }

    private static ToolAnswer Check(ToolCall call)
    {
        using var store = Open(call);
        var report = store.Check();
        return ToolAnswer.Done(call.Version, writer =>
        {
            writer.WritePropertyName("report");
            TopicJson.Write(writer, report);
        });
    }

    private static ToolAnswer New(ToolCall call)
    {
        using var store = Open(call);
        var names = call.Texts("names");
        if (names.Count is 0 or > Page.MostItems)
            throw ToolCall.Fault($"Give 1 to {Page.MostItems.ToString(CultureInfo.InvariantCulture)} topics in 'names'.");
        var topics = store.Create(names, new TopicRequest { Reuse = call.Flag("reuse") }, call.Cancellation);
        return ToolAnswer.Done(call.Version, writer => JsonText.Write(writer, "topics", topics, TopicJson.Write));
    }

    private static ToolAnswer Artifact(ToolCall call)
    {
        using var store = Open(call);
        var number = call.Integer("number") ?? throw ToolCall.Fault("'number' is missing.");
        var path = store.EnsureArtifact((int)number, call.Need("kind"));
        return ToolAnswer.Done(call.Version, writer => writer.WriteString("path", path));
    }

    private static TopicStore Open(ToolCall call) => TopicStore.Open(call.Setting.Project);
}
