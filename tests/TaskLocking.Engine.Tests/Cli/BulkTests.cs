using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class BulkTests
{
    [Theory]
    [InlineData("{\"id\":\"T-1\",\"name\":\"a\"}\n{\"id\":\"T-2\",\"priority\":\"high\",\"dependencies\":[\"T-1\"]}\n")]
    [InlineData("[{\"id\":\"T-1\",\"name\":\"a\"},\n {\"id\":\"T-2\",\"priority\":\"high\",\"dependencies\":[\"T-1\"]}]")]
    [InlineData("\uFEFF{\"id\":\"T-1\",\"name\":\"a\"}{\"id\":\"T-2\",\"priority\":\"high\",\"dependencies\":[\"T-1\"],\"agent\":null}")]
    public void Lines_and_arrays_define_in_one_go(string input)
    {
        using var workspace = new CliWorkspace();
        var tasks = workspace.RunWith(input, null, "task", "new", "--from", "-", "--json").Document();
        Assert.Equal(["T-1", "T-2"], TasklockAnswer.Texts(tasks, "id"));
        Assert.Equal(["medium", "high"], TasklockAnswer.Texts(tasks, "priority"));
    }

    [Fact]
    public void A_file_is_read_as_well()
    {
        using var workspace = new CliWorkspace();
        var file = Path.Combine(workspace.Folder, "tasks.jsonl");
        File.WriteAllText(file, "{\"id\":\"T-1\"}");
        Assert.Equal(["T-1"], TasklockAnswer.Texts(workspace.Run("task", "new", "--from", file, "--json").Document(), "id"));
    }

    [Fact]
    public void An_id_that_is_there_is_refused_and_the_others_are_defined()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var answer = workspace.RunWith("{\"id\":\"T-1\"}{\"id\":\"T-2\"}", null, "task", "new", "--from", "-", "--json");
        Assert.Equal(["T-2"], TasklockAnswer.Texts(answer.Partial(), "id"));
        Assert.Equal("T-1", answer.Refusal("TaskAlreadyDefined", 3).GetProperty("task_id").GetString());
    }

    [Theory]
    [InlineData("{\"id\":\"T-1\"}\n{\"id\":")]
    [InlineData("{\"id\":\"T-1\"} 7")]
    [InlineData("{\"id\":\"T-1\"}{\"name\":\"no id\"}")]
    [InlineData("{\"id\":\"T-1\"}{\"id\":\"T-2\",\"nmae\":\"typo\"}")]
    [InlineData("{\"id\":\"T-1\"}{\"id\":\"T-2\",\"tags\":\"x\"}")]
    [InlineData("{\"id\":\"T-1\"}{\"id\":2}")]
    [InlineData("{\"id\":\"T-1\"}{\"id\":\"T-2\",\"priority\":\"soon\"}")]
    [InlineData("{\"id\":\"T-1\"}{\"id\":\"T-2\",\"maxAttempt\":\"3\"}")]
    [InlineData("{\"id\":\"T-1\"}{\"id\":\"T-2\",\"maxAttempt\":1.5}")]
    [InlineData("{\"id\":\"T-1\"}{\"id\":\"T-2\",\"retryDelay\":\"soon\"}")]
    [InlineData("{\"id\":\"T-1\"}{\"id\":\"T-2\",\"timeLimit\":[]}")]
    [InlineData("{\"id\":\"T-1\"}{\"id\":\"T-2\",\"notBefore\":7}")]
    [InlineData("{\"id\":\"T-1\"}{\"id\":\"T-2\",\"review\":\"yes\"}")]
    [InlineData("{\"id\":\"T-1\"}{\"id\":\"T-2\",\"files\":\"src\"}")]
    public void Wrong_input_defines_nothing(string input)
    {
        using var workspace = new CliWorkspace();
        workspace.RunWith(input, null, "task", "new", "--from", "-", "--json").Refusal("InvalidArgument", 2);
        Assert.False(Directory.Exists(Path.Combine(workspace.Folder, ".todo2")));
    }

    [Fact]
    public void The_settings_of_execution_are_fields_as_well()
    {
        using var workspace = new CliWorkspace();
        var input = """
            {"id":"T-1","allow":["a","b"],"files":["src/**"],"maxAttempt":3,"retryDelay":90,"timeLimit":"2h",
             "notBefore":"2030-01-31T06:00:00Z","review":true}
            """;
        var own = workspace.RunWith(input, null, "task", "new", "--from", "-", "--json").Document()[0].GetProperty("taskLocking");
        Assert.Equal(["a", "b"], own.GetProperty("allow").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal("src/**", own.GetProperty("files")[0].GetString());
        Assert.Equal(3, own.GetProperty("maxAttempt").GetInt32());
        Assert.Equal(90, own.GetProperty("retryDelay").GetInt32());
        Assert.Equal(7200, own.GetProperty("timeLimit").GetInt32());
        Assert.Equal("2030-01-31T06:00:00.000Z", own.GetProperty("notBefore").GetString());
        Assert.True(own.GetProperty("review").GetBoolean());
    }

    [Fact]
    public void A_missing_file_is_told_by_its_path()
    {
        using var workspace = new CliWorkspace();
        var refusal = workspace.Run("task", "new", "--from", "none.jsonl", "--json").Refusal("PathNotFound", 10);
        Assert.Equal("none.jsonl", refusal.GetProperty("path").GetString());
    }

    [Fact]
    public void Ids_of_standard_input_are_one_batch()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2", "T-3");
        var batch = workspace.RunWith("T-1\r\n\n  T-3  \n", null, "assign", "--ids-from", "-", "--to", "a", "--json").Document();
        Assert.Equal(["T-1", "T-3"], batch.GetProperty("assigned").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(2, batch.GetProperty("total").GetInt32());
    }

    [Fact]
    public void A_thousand_tasks_are_one_commit()
    {
        using var workspace = new CliWorkspace();
        var input = string.Concat(Enumerable.Range(1, 1000).Select(i => $"{{\"id\":\"T-{i}\"}}\n"));
        Assert.Equal(1000, workspace.RunWith(input, null, "task", "new", "--from", "-", "--json").Document().GetArrayLength());
        Assert.Equal(1, workspace.Run("sync", "--json").Document().GetProperty("version").GetInt64());
    }
}
