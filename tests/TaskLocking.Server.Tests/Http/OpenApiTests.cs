using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.OpenApi;
using TaskLocking.Server;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>What programs rely on stays as it is.</summary>
public sealed class OpenApiTests(HttpSecurityTests.Ground ground) : IClassFixture<HttpSecurityTests.Ground>
{
    [Fact]
    public void The_document_is_the_one_that_was_reviewed()
    {
        var path = Path.Combine(Repository.Root, "tests", "TaskLocking.Server.Tests", "Snapshots", "openapi.json");
        if (Environment.GetEnvironmentVariable("TASKLOCKING_WRITE_SNAPSHOTS") == "1")
            File.WriteAllText(path, OpenApiText.Text);
        Assert.Equal(File.ReadAllText(path), OpenApiText.Text);
    }

    [Fact]
    public void Others_can_read_it()
    {
        var read = OpenApiDocument.Parse(OpenApiText.Text, "json");
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Equal(ApiRoutes.All.Select(route => route.Pattern).Distinct().Count() + 7, read.Document!.Paths.Count);
        var ids = read.Document.Paths.Values.SelectMany(path => path.Operations!.Values)
            .Select(each => each.OperationId).OfType<string>().ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task Every_address_that_it_tells_of_is_there()
    {
        var answer = await ground.Server.AskAsync("GET", "/api/openapi.json");
        Assert.Equal(OpenApiText.Text, answer.Text);
        foreach (var (pattern, methods) in answer.Json["paths"]!.AsObject())
        {
            if (methods!["get"] is null || pattern == "/api/events")
                continue;
            var path = pattern.Replace("{task_id}", "T", StringComparison.Ordinal).Replace("{swarm_id}", "none", StringComparison.Ordinal);
            var asked = await ground.Server.AskAsync("GET", path);
            Assert.True(asked.Status == 200 || (string?)asked.Json["code"] == "TaskNotFound", $"{pattern}: {asked.Status}");
        }
    }
}
