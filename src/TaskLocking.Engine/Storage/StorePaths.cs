using System.IO;

namespace TaskLocking.Storage;

/// <summary>Where the files of a workspace's store are. Names that other tools know are theirs.</summary>
internal sealed class StorePaths(string workspace)
{
    public string Folder { get; } = FolderOf(workspace);

    /// <summary>The view: the Todo2 document.</summary>
    public string Document { get; } = Path.Combine(FolderOf(workspace), "state.todo2.json");

    public string StateLock { get; } = Path.Combine(FolderOf(workspace), "state.todo2.json.lock");

    /// <summary>The last durable checkpoint.</summary>
    public string Backup { get; } = Path.Combine(FolderOf(workspace), "state.todo2.json.bak");

    public string Journals { get; } = Path.Combine(FolderOf(workspace), "journal");

    /// <summary>What was published last: the stamp by which a document is known as ours without reading it.</summary>
    public string Published { get; } = Path.Combine(FolderOf(workspace), "journal", "published");

    public string Locks { get; } = Path.Combine(FolderOf(workspace), "locks");

    /// <summary>Held by whoever publishes or makes a checkpoint.</summary>
    public string PublishLock { get; } = Path.Combine(FolderOf(workspace), "journal", "publish.lock");

    /// <summary>What was broken, cut or lost a merge.</summary>
    public string Aside { get; } = Path.Combine(FolderOf(workspace), "aside");

    /// <summary>What was counted about locks and leases; for looking at, nothing depends on it.</summary>
    public string Metrics { get; } = Path.Combine(FolderOf(workspace), "metrics.jsonl");

    public string MetricsLock { get; } = Path.Combine(FolderOf(workspace), "metrics.lock");

    public string GitIgnore { get; } = Path.Combine(FolderOf(workspace), ".gitignore");

    public string Journal(long sequence) => Path.Combine(Journals, sequence.ToString("D10", System.Globalization.CultureInfo.InvariantCulture) + ".jsonl");

    private static string FolderOf(string workspace) => Path.Combine(workspace, WorkspacePath.StoreFolder);
}
