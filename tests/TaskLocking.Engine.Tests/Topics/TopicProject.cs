using System;
using System.IO;
using System.Linq;
using TaskLocking.Topics;
using Xunit;

namespace TaskLocking.Tests.Topics;

/// <summary>A project folder of its own for one test, with the root <c>specs</c>.</summary>
internal sealed class TopicProject : IDisposable
{
    public TopicProject()
    {
        Folder = Directory.CreateTempSubdirectory("topics-").FullName;
        Root = Path.Combine(Folder, "specs");
    }

    public string Folder { get; }

    public string Root { get; }

    public string LockPath => Path.Combine(Root, TopicStore.LockFileName);

    public TopicStore Open() => TopicStore.Open(Folder, "specs");

    public TopicStore Open(TopicWatches watches) => TopicStore.Open(Folder, "specs", watches);

    public TopicProject With(params string[] folders)
    {
        foreach (var folder in folders)
            Directory.CreateDirectory(Path.Combine(Root, folder));
        return this;
    }

    public TopicProject WithFile(string name)
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(Root, name), "");
        return this;
    }

    /// <summary>What is in the root, without the lock file, in ordinal order.</summary>
    public string[] Names() => Directory.EnumerateFileSystemEntries(Root).Select(path => Path.GetFileName(path)!)
        .Where(name => name != TopicStore.LockFileName).Order(StringComparer.Ordinal).ToArray();

    public static RefusalCode CodeOf(Action act) => Assert.Throws<TaskLockingException>(act).Refusal.Code;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
