using System;
using System.IO;
using System.Linq;
using TaskLocking.FileStore;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// A store whose document shows the beginning, and whose journal has ten commits more: commit N sets the content of both <c>A</c> and
/// <c>B</c> to N and defines <c>T-N</c>.
/// </summary>
internal sealed class TenCommits : IDisposable
{
    public const string Document = "state.todo2.json";
    public const int Count = 10;

    public TenCommits()
    {
        using (var board = Place.Open(oneShot: true))
            board.Define([new TaskDefinition("A") { Content = "0" }, new TaskDefinition("B") { Content = "0" }]);
        var beginning = File.ReadAllBytes(Place.Document);
        using (var store = new FileTaskStore(Place.Path, new TaskBoardOptions { OneShot = true }))
        {
            for (var number = 1; number <= Count; number++)
                store.Transact(Commit(number), new LockSession(), new TaskLocking.CommitOptions { By = "me" });
        }
        Newest = StoreFiles.Of(Place).Without("journal/published");
        Behind = Newest.With(Document, beginning);
        var journal = Journal;
        Ends = Enumerable.Range(0, journal.Length).Where(at => journal[at] == '\n').Select(at => at + 1).TakeLast(Count).ToArray();
        Assert.Equal(journal.Length, Ends[^1]);
    }

    public TempWorkspace Place { get; } = new(inMemory: true);

    /// <summary>The document shows the last commit.</summary>
    public StoreFiles Newest { get; }

    /// <summary>The document shows the beginning, as after a crash before it was brought up to date.</summary>
    public StoreFiles Behind { get; }

    public static string JournalName => Path.Combine("journal", "0000000001.jsonl");

    public byte[] Journal => Newest[JournalName];

    /// <summary>Where the line of each commit ends in the journal.</summary>
    public int[] Ends { get; }

    /// <summary>Asserts that the state is exactly the first commits; gives how many.</summary>
    public static int Look(TaskBoard board)
    {
        var tasks = board.GetTasks();
        Assert.Equal(["A", "B"], tasks.Take(2).Select(task => task.Id));
        Assert.Equal(tasks[0].Content, tasks[1].Content);
        var commits = int.Parse(tasks[0].Content!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(Enumerable.Range(1, commits).Select(number => "T-" + number), tasks.Skip(2).Select(task => task.Id));
        return commits;
    }

    /// <summary>Makes the next commit through one process, looks at it through another and gives its version.</summary>
    public long GoOn(int commits)
    {
        var version = 0L;
        using (var store = new FileTaskStore(Place.Path, new TaskBoardOptions { OneShot = true }))
            store.Transact(Commit(commits + 1), new LockSession(),
                new TaskLocking.CommitOptions { OnCommitted = report => version = report.Version });
        using var board = Place.Open();
        Assert.Equal(commits + 1, Look(board));
        Assert.Equal(board.GetTasks().Select(task => task.Id), TodoBytes.Of(Place.Document).Select(todo => todo.Id));
        return version;
    }

    public string[] Aside() => Directory.Exists(Place.In(".todo2", "aside")) ? Directory.GetFiles(Place.In(".todo2", "aside")) : [];

    public void Dispose() => Place.Dispose();

    private static StoreContract.DelegateRule<bool> Commit(int number) => new(draft =>
    {
        foreach (var id in new[] { "A", "B" })
        {
            // Over a state that lacks what stands in the document a rule is only tried.
            if (draft.Find(id) is not { } task)
                return false;
            draft.Change(task).Set("content", task.Content, number.ToString(System.Globalization.CultureInfo.InvariantCulture)).Apply();
        }
        draft.Create(new TaskDefinition("T-" + number));
        return true;
    });
}
