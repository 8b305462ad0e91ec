using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class ImportTests
{
    [Fact]
    public void What_is_exported_is_imported_elsewhere_as_it_was()
    {
        using var workspace = new CliWorkspace();
        using var other = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--swarm", "s", "--content", "é\u202E");
        workspace.Run("task", "new", "T-2", "--depends-on", "T-1");
        var lines = workspace.Run("task", "export").Output;
        Assert.Equal(2, lines.Split('\n').Length - 1);
        Assert.Equal(["T-1", "T-2"], other.RunWith(lines, null, "task", "import", "-", "--json").Document().GetProperty("added")
            .EnumerateArray().Select(id => id.GetString()!));
        Assert.Equal("é\u202E", other.Run("task", "get", "T-1", "--json").Document().GetProperty("content").GetString());
        Assert.Equal("0 added, 0 changed, 2 as they are\n", other.RunWith(lines, null, "task", "import", "-").Output);
        Assert.Single(workspace.Run("task", "export", "--swarm", "s", "--json").Document().EnumerateArray());
    }

    [Fact]
    public void A_plan_is_looked_at_before_anything_is_done()
    {
        using var workspace = new CliWorkspace();
        var plan = Path.Combine(workspace.Folder, "plan.jsonl");
        File.WriteAllText(plan, """{"id":"A","dependencies":["B"]}""" + "\n" + """{"id":"B","dependencies":["A","C"]}""" + "\n");
        workspace.Run("task", "import", "plan.jsonl", "--json").Refusal("TaskNotFound", 4);
        workspace.Run("task", "import", "plan.jsonl", "--allow-missing", "--json").Refusal("DependencyCycle", 6);
        Assert.Equal("No tasks.\n", workspace.Run("task", "get").Output);
        File.WriteAllText(plan, """{"id":"A","files":["src/a.cs"]}""" + "\n");
        Assert.StartsWith("Would be: 1 added", workspace.Run("task", "import", "plan.jsonl", "--dry-run").Output);
        Assert.Equal(0, workspace.Run("task", "import", "plan.jsonl", "--swarm", "s").ExitCode);
        var task = workspace.Run("task", "get", "A", "--json").Document();
        Assert.Equal("s", task.GetProperty("taskLocking").GetProperty("swarm").GetString());
        File.WriteAllText(plan, """{"id":"A","name":"new"}""" + "\n");
        workspace.Run("task", "import", "plan.jsonl", "--json").Refusal("TaskAlreadyDefined", 3);
        Assert.Equal("0 added, 1 changed, 0 as they are\n", workspace.Run("task", "import", "plan.jsonl", "--update").Output);
    }

    [Fact]
    public void What_is_no_plan_is_refused()
    {
        using var workspace = new CliWorkspace();
        File.WriteAllText(Path.Combine(workspace.Folder, "x.jsonl"), "{");
        workspace.Run("task", "import", "none.jsonl", "--json").Refusal("PathNotFound", 10);
        workspace.Run("task", "import", "x.jsonl", "--json").Refusal("InvalidArgument", 2);
        workspace.Run("task", "import", ".", "--json").Refusal("InvalidArgument", 2);
        workspace.Run("task", "import", "x.jsonl", "--format", "odd", "--json").Refusal("InvalidArgument", 2);
        if (!TasklockProcess.IsForWindows)
            workspace.Run("task", "import", "/dev/zero", "--json").Refusal("InvalidArgument", 2);
    }

    [Fact]
    public void Spec_kits_tasks_are_remarked_upon()
    {
        using var workspace = new CliWorkspace();
        File.WriteAllText(Path.Combine(workspace.Folder, "tasks.md"), "## Phase 1\n- [ ] T001 One\n- [ ] TXXX Two\n");
        Assert.Equal("remark: tasks.md, line 3: 'TXXX Two' has no id as T001 is: it was left out\n1 added, 0 changed, 0 as they are\n",
            workspace.Run("task", "import", "tasks.md").Output);
    }
}
