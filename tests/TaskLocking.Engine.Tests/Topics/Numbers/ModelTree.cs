using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Topics;

namespace TaskLocking.Tests.Topics;

/// <summary>A working tree of the model: real folders, so that the store that is tried works as it does; commits in memory.</summary>
internal sealed class ModelTree(string top, ModelClone clone, ModelHistory history, string branch)
{
    public string Top => top;

    public ModelClone Clone => clone;

    public string Branch => branch;

    public string Root { get; } = Directory.CreateDirectory(Path.Combine(top, "specs")).FullName;

    public ModelCommit? Head { get; private set; }

    public List<string> Names() => [.. Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)!)
        .Order(StringComparer.Ordinal)];

    public IReadOnlyList<TopicDirectory> New(string name, TopicRequest request, Func<string, TopicRepository> repository,
        out bool isWarned)
    {
        using var store = TopicStore.Open(top, "specs", TopicWatches.Shared, oneShot: true, repository);
        var made = store.Create([name], request);
        isWarned = store.TakeNotices().Any(notice => notice.Kind == StoreNoticeKind.TopicLocal);
        return made;
    }

    public void Commit()
    {
        var names = Names();
        if (Head is null || !Head.Names.SetEquals(names))
            MoveTo(history.Commit(Head is null ? [] : [Head], names));
    }

    public void Merge(ModelCommit other)
    {
        Commit();
        MoveTo(history.Commit([Head!, other], ModelHistory.Merge(Head!, other)));
        CheckOut();
    }

    /// <summary>Goes to where another stands; what was not committed is gone.</summary>
    public void Reset(ModelCommit other)
    {
        MoveTo(other);
        CheckOut();
    }

    public void Rename(string name, string other) => Directory.Move(Path.Combine(Root, name), Path.Combine(Root, other));

    public void Delete(string name) => Directory.Delete(Path.Combine(Root, name), recursive: true);

    private void MoveTo(ModelCommit commit)
    {
        Head = commit;
        clone.OwnRefs["refs/heads/" + branch] = commit.Id;
    }

    private void CheckOut()
    {
        var names = Names();
        names.Where(name => !Head!.Names.Contains(name)).ToList().ForEach(Delete);
        foreach (var name in Head!.Names.Except(names))
            Directory.CreateDirectory(Path.Combine(Root, name));
    }
}
