using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace TaskLocking.Tests.Tasks;

/// <summary>Messy files of other tools, after their documentation: imported, exported and imported again they are the same.</summary>
public sealed class ForeignPlanTests : IDisposable
{
    private const string TaskMaster = """
        {"master":{"tasks":[
          {"id":1,"title":"Setup","description":"Make it","details":"With care\r\nand more","testStrategy":"Run it","status":"done",
           "dependencies":[],"priority":"high","subtasks":[
             {"id":1,"title":"Repo","status":"done","dependencies":[]},
             {"id":2,"title":"CI","description":"","status":"pending","dependencies":[1,"1.1"],"complexity":3}]},
          {"id":"2","title":"Core","status":"in-progress","dependencies":[1,"1.2"],"priority":"urgent?","metadata":{"issue":42}},
          {"title":"nobody"},
          {"id":3,"title":"Later","status":"deferred","dependencies":["2"]}],
         "metadata":{"created":"2025-06-01T10:00:00.000Z"}},
         "feature":{"tasks":[{"id":1,"title":"Other","status":"pending","dependencies":[]},{"id":2,"title":"Next","dependencies":[1]}]}}
        """;

    private static readonly string Beads = string.Join('\n',
        """{"id":"bd-1","title":"Epic","description":"All","status":"open","priority":0,"issue_type":"epic",""" +
        """ "created_at":"2025-12-16T13:26:47.117226-08:00","updated_at":"2025-12-17T16:11:17Z"}""",
        """{"id":"bd-1.1","title":"Part\nof it","status":"closed","priority":4,"issue_type":"bug","assignee":"ann",""" +
        """ "labels":["a","b"],"created_at":"2025-12-18T02:02:00.468223-08:00","updated_at":"2025-12-18T02:49:10Z",""" +
        """ "closed_at":"2025-12-18T02:49:10Z","close_reason":"Fixed it","dependencies":[{"issue_id":"bd-1.1",""" +
        """ "depends_on_id":"bd-1","type":"parent-child","created_at":"2025-12-18T02:02:00Z","created_by":"daemon"}],""" +
        """ "comments":[{"id":1,"issue_id":"bd-1.1","author":"bob","text":"Look here","created_at":"2025-12-18T02:30:00Z"}]}""",
        "",
        """{"id":"bd-2","title":"Waits","status":"in_progress","assignee":"","design":"So","acceptance_criteria":"Green",""" +
        """ "dependencies":[{"issue_id":"bd-2","depends_on_id":"bd-1.1","type":"blocks"},{"issue_id":"bd-2",""" +
        """ "depends_on_id":"bd-1","type":"discovered-from"}],"estimated_minutes":30,"external_ref":"gh-9"}""",
        """{"id":"bd-3","title":"Gone","status":"tombstone","deleted_by":"batch delete"}""",
        """{"id":"bd-4","title":"Hello","status":"open","issue_type":"message"}""",
        """{"id":"bd-5","title":"Pin","status":"pinned"}""");

    private const string SpecKit = """
        # Tasks: Login

        ## Format: `[ID] [P?] [Story] Description`
        - **[P]**: Can run in parallel

        ```
        - [ ] T999 An example
        ```

        ## Phase 1: Setup
        - [x] T001 Create the project
        - [X] T002 [P] Lint
        - [ ] T003 [P] CI in .github/ci.yml

        ## Phase 2: Foundational
        **Purpose**: before all
        - [ ] T004 Schema
          - with keys
          - and more

        ## Phase 3: User Story 1 - Log in (Priority: P1)
        ### Tests
        - [ ] T005 [P] [US1] Test of login
        - [ ] T006 [US1] Form (depends on T002, T003)

        ## Phase 4: User Story 2
        - [ ] T007 [US2] Log out
        - [ ] TXXX [US2] Not yet

        ## Phase N: Polish
        - [ ] T008 Docs

        ## Notes
        - nothing
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("tasklock-plan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Task_Masters_tags_and_subtasks_become_tasks()
    {
        using var board = Board("a");
        var report = Import(board, "tasks.json", TaskMaster);
        Assert.Equal(["1", "1.1", "1.2", "2", "3", "feature-1", "feature-2"], report.Added);
        Assert.Contains("a task without an id", Assert.Single(report.Remarks));
        var (first, second) = (board.FindTask("1")!, board.FindTask("2")!);
        Assert.Equal(("Setup", "Make it\n\n## Details\n\nWith care\nand more\n\n## Test strategy\n\nRun it", AgentTaskStatus.Done,
            TaskPriority.High), (first.Name, first.Content, first.Status, first.Priority));
        Assert.Equal(["1.1"], board.FindTask("1.2")!.Dependencies);
        Assert.Equal(["1.1", "1.2"], board.GetTasks(new TaskQuery { Parent = "1" }).Select(task => task.Id));
        Assert.Equal((2, 1), (first.Children!.Total, first.Children.Closed));
        Assert.Equal((AgentTaskStatus.InProgress, TaskPriority.Medium), (second.Status, second.Priority));
        Assert.Equal(["1", "1.2"], second.Dependencies);
        Assert.Contains("42", second.ToJson());
        Assert.Equal(["feature-1", "feature"], board.FindTask("feature-2")!.Dependencies.Append(board.FindTask("feature-2")!.Swarm));
        Same(board, "tasks.json", TaskMaster);
    }

    [Fact]
    public void Task_Masters_older_form_is_one_list()
    {
        using var board = Board("a");
        Assert.Equal(["1"], Import(board, "tasks.json", """{"meta":{},"tasks":[{"id":1,"title":"a","dependencies":[]}]}""").Added);
    }

    [Fact]
    public void Beads_links_become_dependencies_or_stay()
    {
        using var board = Board("a");
        var report = Import(board, "issues.jsonl", Beads);
        Assert.Equal(["bd-1", "bd-1.1", "bd-2", "bd-5"], report.Added);
        Assert.Equal(4, report.Remarks.Count); // a tombstone, a message, a link, an unknown status
        var (part, waits) = (board.FindTask("bd-1.1")!, board.FindTask("bd-2")!);
        Assert.Equal(("Part of it", AgentTaskStatus.Done, TaskPriority.Low, "ann", "Fixed it"),
            (part.Name, part.Status, part.Priority, part.Assignee?.Name, part.Result));
        Assert.Equal(["Look here", "Fixed it"], part.Notes.Select(note => note.Text));
        Assert.Equal(new DateTimeOffset(2025, 12, 18, 2, 2, 0, 468, TimeSpan.FromHours(-8)), part.Created!.Value,
            TimeSpan.FromMilliseconds(1));
        Assert.Empty(part.Dependencies);
        Assert.Equal(("bd-1", "1 of 1"), (part.Parent, board.FindTask("bd-1")!.Children!.ToString()));
        Assert.Equal(["bd-1.1"], waits.Dependencies);
        Assert.Equal(("## Design\n\nSo\n\n## Acceptance criteria\n\nGreen", null), (waits.Content, waits.Assignee));
        Assert.Contains("discovered-from", waits.ToJson());
        Assert.Equal(TaskPriority.Critical, board.FindTask("bd-1")!.Priority);
        Assert.Equal(AgentTaskStatus.Unknown, board.FindTask("bd-5")!.Status);
        Same(board, "issues.jsonl", Beads);
    }

    [Fact]
    public void Spec_kits_phases_become_dependencies()
    {
        using var board = Board("a");
        var report = Import(board, "tasks.md", SpecKit);
        Assert.Equal(["T001", "T002", "T003", "T004", "T005", "T006", "T007", "T008"], report.Added);
        Assert.Contains("has no id", Assert.Single(report.Remarks));
        Assert.Equal(["T001:", "T002:T001", "T003:T001", "T004:T002,T003", "T005:T004", "T006:T005,T002,T003", "T007:T004",
            "T008:T006,T007"],
            board.GetTasks().Select(task => task.Id + ":" + string.Join(',', task.Dependencies)));
        Assert.Equal(["Done", "Done", "Todo"], board.GetTasks().Take(3).Select(task => task.StatusText));
        Assert.Equal(("CI in .github/ci.yml", "  - with keys\n  - and more"),
            (board.FindTask("T003")!.Name, board.FindTask("T004")!.Content));
        Assert.Equal(["US1"], board.FindTask("T005")!.Tags);
        Same(board, "tasks.md", SpecKit);
        var done = SpecKit.Replace("[ ] T004", "[x] T004", StringComparison.Ordinal);
        Assert.Equal(["T004"], Import(board, "tasks.md", done, update: true).Changed);
    }

    [Fact]
    public void Backlogs_folder_is_read_with_its_front_matter()
    {
        Write("backlog/tasks/task-1 - One.md", """
            ---
            id: task-1
            title: 'It''s: one'
            status: To Do
            assignee:
              - '@codex'
              - '@other'
            created_date: '2025-08-17 16:54'
            labels: [web, "a, b"]
            dependencies: [TASK-2]
            priority: high
            ordinal: 6000
            ---

            ## Description

            <!-- SECTION:DESCRIPTION:BEGIN -->
            Do it
            <!-- SECTION:DESCRIPTION:END -->

            ## Acceptance Criteria
            <!-- AC:BEGIN -->
            - [ ] #1 Green
            <!-- AC:END -->
            """);
        Write("backlog/completed/task-2 - Two.md", """

            ---
            id: task-2
            title: >-
              Two, over
              lines
            status: Done
            assignee: []
            created_date: 2025-06-03
            dependencies: []
            parent_task_id: TASK-1
            references:
            - src/a.ts
            ---
            """.Replace("\n", "\r\n", StringComparison.Ordinal));
        Write("backlog/tasks/readme.md", "no task");
        Write("backlog/tasks/notes.md", "no task");
        Write("backlog/archive/tasks/task-0 - Old.md", "---\nid: task-0\n---\n");
        Write("backlog/drafts/draft-1 - D.md", "---\nid: draft-1\n---\n");
        using var board = Board("a");
        var report = board.Import(new ImportRequest(ImportSource.Read(_folder)));
        Assert.Empty(report.Refusals);
        Assert.Equal(["task-1", "task-2"], report.Added);
        Assert.Equal(3, report.Remarks.Count);
        var (one, two) = (board.FindTask("task-1")!, board.FindTask("task-2")!);
        Assert.Equal(("It's: one", AgentTaskStatus.Todo, "codex", TaskPriority.High),
            (one.Name, one.Status, one.Assignee?.Name, one.Priority));
        Assert.Equal(["web", "a, b"], one.Tags);
        Assert.Equal("## Description\n\nDo it\n\n## Acceptance Criteria\n- [ ] #1 Green", one.Content);
        Assert.Equal(("Two, over lines", AgentTaskStatus.Done), (two.Name, two.Status));
        Assert.Equal(["task-2"], one.Dependencies);
        Assert.Equal(("task-1", 1, 1), (two.Parent, one.Children!.Total, one.Children.Done));
        Assert.Contains("\"references\": [\"src/a.ts\"]", two.ToJson());
        Assert.Equal(["task-1", "task-2"], board.Import(new ImportRequest(ImportSource.Read(Path.Combine(_folder, "backlog")))).Unchanged);
        using var other = Board("b");
        Round(board, other);
    }

    [Theory]
    [InlineData("tasks.json", "{\"a\":1}", TaskFormat.TaskMaster)]
    [InlineData("issues.jsonl", "{\"title\":\"x\"}", TaskFormat.Beads)]
    [InlineData("tasks.md", "# nothing", TaskFormat.SpecKit)]
    [InlineData("task.md", "# nothing", TaskFormat.Backlog)]
    public void What_is_of_another_form_is_refused(string name, string text, TaskFormat format)
    {
        using var board = Board("a");
        var request = new ImportRequest([new ImportFile(name, Encoding.UTF8.GetBytes(text))]) { Format = format };
        Assert.Equal(RefusalCode.InvalidArgument, Assert.Throws<TaskLockingException>(() => board.Import(request)).Refusal.Code);
    }

    private TaskBoard Board(string name) => TaskBoard.Open(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName);

    private static ImportReport Import(TaskBoard board, string name, string text, bool update = false)
    {
        var report = board.Import(new ImportRequest([new ImportFile(name, Encoding.UTF8.GetBytes(text))]) { Update = update });
        Assert.True(report.Refusals.Count == 0, string.Join('\n', report.Refusals.Select(refusal => refusal.Message)));
        return report;
    }

    private void Same(TaskBoard board, string name, string text)
    {
        Assert.Equal(board.GetTasks().Select(task => task.Id), Import(board, name, text).Unchanged);
        using var other = Board("b");
        Round(board, other);
        Assert.Empty(Import(other, name, text).Added);
    }

    private static void Round(TaskBoard board, TaskBoard other)
    {
        var lines = board.Export().ToList();
        Import(other, "tasks.jsonl", string.Join('\n', lines));
        Assert.Equal(Plain(lines), Plain(other.Export()));
        Assert.Equal(lines.Count, Import(board, "tasks.jsonl", string.Join('\n', other.Export())).Unchanged.Count);
    }

    private static IEnumerable<string> Plain(IEnumerable<string> lines) => lines.Select(line =>
        System.Text.RegularExpressions.Regex.Replace(line, "\"version\":[0-9]+,?", "").Replace(",}", "}", StringComparison.Ordinal));

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
