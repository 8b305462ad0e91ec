using TaskLocking.Board;

namespace TaskLocking.FileStore;

/// <summary>The store in a folder: what every store does, over the journal there.</summary>
internal sealed class FileTaskStore : Committer
{
    /// <summary>Opens the store of a workspace; nothing is read or made before the first use.</summary>
    /// <param name="workspace">The canonical path of an existing folder.</param>
    /// <param name="options">Durability, clock, one-shot.</param>
    /// <param name="isOnShare">For tests: the folder is treated as one that other hosts write to.</param>
    public FileTaskStore(string workspace, TaskBoardOptions options, bool isOnShare = false)
        : this(new FileCommitLog(workspace, options, isOnShare), options)
    {
    }

    private FileTaskStore(FileCommitLog log, TaskBoardOptions options)
        : base(log, options.Clock) => Log = log;

    public FileCommitLog Log { get; }
}
