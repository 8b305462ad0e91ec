using System;
using System.Linq;
using System.Text;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Storage;

public sealed class TodoNamesTests
{
    [Fact]
    public void Of_a_messy_document_the_names_are_those_of_the_tasks()
    {
        var document = TodoDocument.Parse(MessyDocument.Write(300, seed: 7));
        Assert.NotEmpty(document.Entries.SelectMany(entry => entry.Task.Tags));
        Assert.All(document.Entries.Where(entry => entry.IsAddressable), entry => AssertSame(entry.Json.Span.ToArray()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "tags" : [ "a" , 7, null, {"x":["tags"]}, true ] , "x":{"tags":["no"]} }""")]
    [InlineData("""{"tags":"single","taskLocking":{"swarm":"s"}}""")]
    [InlineData("""{"tags":["a"],"tags":["b"],"taskLocking":{"swarm":"s"},"taskLocking":{"version":3}}""")]
    [InlineData("""{"t\u0061gs":["\u0061\ud83d\ude00"],"taskLocking":{"swar\u006d":"\u0073"}}""")]
    [InlineData("""{"tags":[],"taskLocking":null,"swarm":"no"}""")]
    [InlineData("""{"tags":{"a":1},"taskLocking":["swarm"]}""")]
    [InlineData("""{"content":"\"tags\":[\"x\"]}","taskLocking":{"claim":{"swarm":"no"},"swarm":5}}""")]
    public void Whatever_stands_there(string todo) => AssertSame(Encoding.UTF8.GetBytes(todo));

    private static void AssertSame(byte[] todo)
    {
        var task = new TodoEntry("T", todo).Task;
        TodoNames.Read(todo, out var swarm, out var tags);
        Assert.Equal((task.Swarm, string.Join('|', task.Tags)), (swarm, string.Join('|', tags)));
    }
}
