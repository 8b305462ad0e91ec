using System.IO;

namespace TaskLocking.Storage;

/// <summary>Where the files of a workspace's store are. Names that other tools know are theirs.</summary>
internal sealed class StorePaths(string workspace)
{
    public string Folder { get; } = Path.Combine(workspace, WorkspacePath.StoreFolder);

    /// <summary>The view: the Todo2 document.</summary>
    public string Document => Path.Combine(Folder, "state.todo2.json");

    public string StateLock => Path.Combine(Folder, "state.todo2.json.lock");

    /// <summary>The last durable checkpoint.</summary>
    public string Backup => Path.Combine(Folder, "state.todo2.json.bak");

    public string Journals => Path.Combine(Folder, "journal");

    /// <summary>What was published last: the stamp by which a document is known as ours without reading it.</summary>
    public string Published => Path.Combine(Journals, "published");

    public string Locks => Path.Combine(Folder, "locks");

    /// <summary>Held by whoever publishes or makes a checkpoint.</summary>
    public string PublishLock => Path.Combine(Journals, "publish.lock");

    /// <summary>What was broken, cut or lost a merge.</summary>
    public string Aside => Path.Combine(Folder, "aside");

    /// <summary>What was counted about locks and leases; for looking at, nothing depends on it.</summary>
    public string Metrics => Path.Combine(Folder, "metrics.jsonl");

    public string MetricsLock => Path.Combine(Folder, "metrics.lock");

    public string GitIgnore => Path.Combine(Folder, ".gitignore");

    public string Journal(long sequence) => Path.Combine(Journals, sequence.ToString("D10", System.Globalization.CultureInfo.InvariantCulture) + ".jsonl");
}
