using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>What stands in the document's place and is none, or is one in another form: recovered and told, or read.</summary>
public sealed class StrangeDocumentTests : IDisposable
{
    private readonly DocumentScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData("{}", "it has no list 'todos'")]
    [InlineData("""{"todos":null}""", "its 'todos' is no list")]
    [InlineData("""{"todos":{}}""", "its 'todos' is no list")]
    [InlineData("""{"todos":"T-1"}""", "its 'todos' is no list")]
    [InlineData("""{"todos":[],"todos":null}""", "its 'todos' is no list")]
    [InlineData("""{"todos":[],"todos":[]}""", "it has two lists 'todos'")]
    [InlineData("""{"version":1,"servers":[]}""", "it has no list 'todos'")]
    [InlineData("""{"tasks":[{"id":1,"title":"another tool's"}]}""", "it has no list 'todos'")]
    [InlineData("[]", "it is JSON, but no object")]
    [InlineData("\"todos\"", "it is JSON, but no object")]
    [InlineData("null", "it is JSON, but no object")]
    [InlineData("", "it is empty")]
    [InlineData("\n", "line 2 does not parse: it ends there")]
    [InlineData("{\"todos\":[]}\n{\"todos\":[]}", "line 2 does not parse: '{\"todos\":[]}'")]
    [InlineData("{\n \"todos\": [\n<<<<<<< HEAD\n", "line 3 does not parse: '<<<<<<< HEAD'")]
    [InlineData("{\n \"todos\": [\n  {\"id\": \"T-1\", \"x\": NaN}\n ]}", "line 3 does not parse: '{\"id\": \"T-1\", \"x\": NaN}'")]
    [InlineData(
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        "line 1 does not parse: 'version https://git-lfs.github.com/spec/v1'")]
    [InlineData("{\"todos\":[ // mine\n]}", "line 1 does not parse: '{\"todos\":[ // mine'")]
    [InlineData("{\"todos\":[],}", "line 1 does not parse: '{\"todos\":[],}'")]
    [InlineData("{\"todos\":[\u001b]31m\u202e", "line 1 does not parse: '{\"todos\":[\uFFFD]31m\uFFFD'")]
    public void What_is_no_document_is_put_aside_and_told_and_nothing_is_lost(string text, string fault)
    {
        _scene.Define("T-1", "T-2");
        File.WriteAllText(_scene.Document, text);
        var read = Assert.Single(_scene.Run(board => Assert.Equal(2, board.GetTasks().Count)));
        Assert.Equal((StoreNoticeKind.DocumentBroken, _scene.Document), (read.Kind, read.Path));
        Assert.Contains($"({fault})", read.Message, StringComparison.Ordinal);

        var told = Assert.Single(_scene.GoOn());
        Assert.Equal(StoreNoticeKind.DocumentBroken, told.Kind);
        Assert.Contains($"({fault})", told.Message, StringComparison.Ordinal);
        Assert.Contains(told.Path!, told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', told.Message);
        Assert.Equal(text, File.ReadAllText(told.Path!));
        Assert.Equal(["T-1", "T-2"], _scene.Ids());
        Assert.Empty(_scene.GoOn());
        Assert.Equal("ours", (string?)DocumentScene.Todo(_scene.Load(), "T-2")["content"]);
    }

    [Theory]
    [InlineData("""{"version":1,"servers":[]}""")]
    [InlineData("""{"todos":null}""")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("<<<<<<< HEAD")]
    public void No_store_begins_on_what_may_be_another_programs(string text)
    {
        using var scene = new DocumentScene(text);
        var refused = Assert.Throws<TaskLockingException>(() => scene.Define("T-1"));
        Assert.Equal(RefusalCode.StateCorrupt, refused.Refusal.Code);
        Assert.Contains("Nothing was changed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(scene.Document));
        Assert.False(Directory.Exists(scene.Place.Journals));
    }

    [Theory]
    [InlineData("""{"todos":[]}""")]
    [InlineData("{ \"todos\": [\n] }\n")]
    [InlineData("{}")]
    [InlineData(" {\n}\n")]
    [InlineData("\uFEFF{}")]
    public void A_store_begins_on_a_document_that_nobody_has_put_anything_into(string text)
    {
        using var scene = new DocumentScene(text);
        scene.Define("T-1");
        Assert.Equal(["T-1"], scene.Ids());
        Assert.Equal("T-1", Assert.Single(TodoBytes.Of(scene.Document)).Id);
        Assert.Empty(scene.GoOn());
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", true)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-8", false)]
    public void A_text_with_a_mark_of_its_encoding_is_read_and_published_as_utf8(string encoding, bool keepsMark)
    {
        _scene.Define("T-1", "T-2");
        var root = _scene.Load(keepsMark);
        DocumentScene.Todo(root, "T-1")["name"] = "Ünïcode 🚀";
        File.WriteAllText(_scene.Document, root.ToJsonString(), Encoding.GetEncoding(encoding));
        Assert.Equal("Ünïcode 🚀", _scene.Find("T-1")!.Name);
        Assert.Empty(_scene.GoOn());
        Assert.Equal("Ünïcode 🚀", _scene.Find("T-1")!.Name);
        var published = File.ReadAllText(_scene.Document, new UTF8Encoding(false, throwOnInvalidBytes: true));
        Assert.Equal("Ünïcode 🚀", (string?)DocumentScene.Todo(JsonNode.Parse(published)!.AsObject(), "T-1")["name"]);
    }

    [Fact]
    public void A_store_begins_on_a_text_in_utf16_too()
    {
        Directory.CreateDirectory(_scene.Place.Store);
        File.WriteAllText(_scene.Document, """{"todos":[{"id":"T-1","name":"é"}]}""", Encoding.Unicode);
        Assert.Empty(_scene.GoOn());
        Assert.Equal("é", _scene.Find("T-1")!.Name);
        Assert.Equal((byte)'{', File.ReadAllBytes(_scene.Document)[0]);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(990)]
    [InlineData(20_000)]
    public void No_depth_is_too_much_wherever_it_is(int depth)
    {
        _scene.Define("T-1");
        var deep = new string('[', depth) + new string(']', depth);
        var text = File.ReadAllText(_scene.Document);
        text = text.Replace("\"name\":", $"\"x\":{deep},\"name\":", StringComparison.Ordinal);
        text = text.Insert(1, $"\"top\":{deep},");
        File.WriteAllText(_scene.Document, text);
        Assert.Empty(_scene.GoOn());
        _scene.Edit(new TaskEdit("T-1") { Name = "changed", Status = AgentTaskStatus.Done });
        Assert.Equal("changed", _scene.Find("T-1")!.Name);
        Assert.True(_scene.ChangesOf("T-1") > 1);
        Assert.Equal(2, Count(File.ReadAllText(_scene.Document), deep));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
