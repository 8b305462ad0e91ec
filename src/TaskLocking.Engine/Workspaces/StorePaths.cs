using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.FileStore;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>Where the files of a workspace's store are. Names that other tools know are theirs.</summary>
internal sealed class StorePaths
{
    private const string DocumentName = "state.todo2.json";

    /// <summary>The store of a workspace, wherever a link of its folder or its document leads.</summary>
    /// <exception cref="TaskLockingException">UnsafeFile, UntrustedStore: the document is a link that is not
    /// followed.</exception>
    public StorePaths(string workspace)
        : this(workspace, followsDocument: true)
    {
    }

    private StorePaths(string workspace, bool followsDocument)
    {
        Folder = FolderOf(workspace);
        if (followsDocument)
            Folder = DocumentLink.Follow(Folder, DocumentName);
        Document = Path.Combine(Folder, DocumentName);
        StateLock = Document + ".lock";
        Backup = Document + ".bak";
        Journals = Path.Combine(Folder, "journal");
        Published = Path.Combine(Journals, "published");
        PublishLock = Path.Combine(Journals, "publish.lock");
        Flushing = Path.Combine(Journals, "flushing");
        Locks = Path.Combine(Folder, "locks");
        Aside = Path.Combine(Folder, "aside");
        Archive = Path.Combine(Folder, "archive");
        Metrics = Path.Combine(Folder, "metrics.jsonl");
        MetricsLock = Path.Combine(Folder, "metrics.lock");
        GitIgnore = Path.Combine(Folder, ".gitignore");
    }

    /// <summary>The same where a document that is a link is nobody's matter here: it is as any other file.</summary>
    public static StorePaths Of(string workspace) => new(workspace, followsDocument: false);

    public string Folder { get; }

    /// <summary>The view: the Todo2 document.</summary>
    public string Document { get; }

    public string StateLock { get; }

    /// <summary>The last durable checkpoint.</summary>
    public string Backup { get; }

    public string Journals { get; }

    /// <summary>What was published last: the stamp by which a document is known as ours without reading it.</summary>
    public string Published { get; }

    public string Locks { get; }

    /// <summary>Who waits for the disk; see <see cref="FlushSlot"/>.</summary>
    public string Flushing { get; }

    /// <summary>Held by whoever publishes or makes a checkpoint.</summary>
    public string PublishLock { get; }

    /// <summary>What was broken, cut or lost a merge.</summary>
    public string Aside { get; }

    /// <summary>The todos of closed tasks that left the document; it belongs to that, and may be kept with it.</summary>
    public string Archive { get; }

    /// <summary>What was counted about locks and leases; for looking at, nothing depends on it.</summary>
    public string Metrics { get; }

    public string MetricsLock { get; }

    public string GitIgnore { get; }

    public string Journal(long sequence) => Path.Combine(Journals, JournalNames.Of(sequence));

    /// <summary>
    /// Says that a journal has ended without a seal: an empty file beside it as soon as that is known, the journal itself once another has
    /// taken its place.
    /// </summary>
    public string Ended(long sequence) => Path.ChangeExtension(Journal(sequence), JournalNames.Ended);

    // Of all links the store's own alone is followed, once, to where there is a folder.
    private static string FolderOf(string workspace)
    {
        var folder = Path.Combine(workspace, WorkspacePath.StoreFolder);
        return FileFacts.At(folder) is { IsLink: true } && Directory.Exists(folder) ? PlatformFile.ResolveLinks(folder) : folder;
    }
}
