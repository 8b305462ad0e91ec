using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.PostgreSql;

/// <summary>The board of a folder, where it is copied from there or to there.</summary>
/// <param name="workspace">The canonical path of the folder.</param>
internal sealed class FolderEnd(string workspace)
{
    private const int Tries = 5;

    private readonly StorePaths _paths = new(workspace);

    private string Redirect => Path.Combine(_paths.Folder, StoreRedirect.FileName);

    private string Coming => _paths.Document + ".coming";

    /// <summary>Gives the board as a document, and closes the folder when it is where it is to go.</summary>
    /// <param name="to">Its address.</param>
    /// <param name="put">Puts it there.</param>
    /// <param name="options">Waiting.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    public SyncReport Move(string to, Action<BoardInMove> put, CommitOptions options, CancellationToken cancellationToken)
    {
        using var board = TaskBoard.Open(workspace, new TaskBoardOptions { OneShot = true });
        for (var left = Tries; ; left--)
        {
            // The document has to say all, and then nobody may commit.
            var report = board.Sync(options, cancellationToken);
            using var stateLock = ExclusiveLock.Acquire(_paths.StateLock,
                LockOptions.OnTheWay(options.Timeout ?? TimeSpan.FromSeconds(10), options.OnWait), cancellationToken);
            var state = (StateSnapshot)board.State(cancellationToken);
            var document = File.ReadAllBytes(_paths.Document);
            if (TodoDocument.Parse(document).Mark?.Version != state.Version)
            {
                if (left > 0)
                    continue;
                throw new TaskLockingException(RefusalCode.StoreUnavailable, "Others commit all the time. Try again when it is quieter.");
            }
            var archive = new FileArchive(_paths);
            put(new BoardInMove(document, state.Version, BoardInMove.ReadArchive(archive, state.Archive),
                BoardInMove.ReadHistories(archive, state)));
            // On the disk before anything goes, or a power cut might leave a folder that has no board and does not say where it is.
            FileBytes.Replace(FileBytes.WriteBeside(Redirect, Encoding.UTF8.GetBytes(to + "\n")), Redirect);
            PlatformFile.FlushFolder(_paths.Folder);
            Retire();
            return report;
        }
    }

    /// <summary>Whether a copy from here to there was broken off when the folder was closed already.</summary>
    public bool IsClosedFor(string to) => File.Exists(Redirect) && File.ReadAllText(Redirect).Trim() == to;

    /// <summary>Writes a board beside the place where it is to be.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument where there is a board already.</exception>
    public void Put(BoardInMove board)
    {
        if (Directory.Exists(_paths.Journals) || File.Exists(_paths.Document))
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"There is a board in '{_paths.Folder}' already, or what was left of one. Name another folder, or move that away.");
        StoreFolder.Ensure(_paths.Folder);
        var archive = new FileArchive(_paths);
        foreach (var (segment, tasks) in board.Archive)
            archive.Put(segment, tasks);
        foreach (var (name, lines) in board.Histories)
            archive.Histories.Write(name, lines);
        FileBytes.Replace(FileBytes.WriteBeside(Coming, board.Document), Coming);
    }

    /// <summary>Whether one lies there that has only to get its name.</summary>
    public bool IsComing => File.Exists(Coming);

    /// <summary>From now on it is the board.</summary>
    public void Open()
    {
        File.Move(Coming, _paths.Document);
        File.Delete(Redirect);
        PlatformFile.FlushFolder(_paths.Folder);
    }

    // Whoever has the journal open finds it gone, and that he is to go elsewhere.
    private void Retire()
    {
        StoreFolder.Ensure(_paths.Aside);
        var time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        Directory.Move(_paths.Journals, Path.Combine(_paths.Aside, time + "-journal"));
        if (Directory.Exists(_paths.Archive))
            Directory.Move(_paths.Archive, Path.Combine(_paths.Aside, time + "-archive"));
        foreach (var rest in new[] { _paths.Document, _paths.Backup })
        {
            if (File.Exists(rest))
                File.Move(rest, Path.Combine(_paths.Aside, time + "-" + Path.GetFileName(rest)));
        }
        PlatformFile.FlushFolder(_paths.Aside);
        PlatformFile.FlushFolder(_paths.Folder);
    }
}
