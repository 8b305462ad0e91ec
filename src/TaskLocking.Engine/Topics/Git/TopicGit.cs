using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;

namespace TaskLocking.Topics;

/// <summary>The repository itself, by its own commands: plumbing alone, names ended by NUL, no word of git's taken for an answer.</summary>
internal sealed class TopicGit(GitProgram git, TopicPlace place) : ITopicGit
{
    private const int MostTries = 40;

    private readonly GitRemotes _remotes = new(git, place);

    public IReadOnlyList<GitRef> Refs() =>
        [.. Refs(git.Run(["for-each-ref", "--format=%(objectname) %(refname)"]).Good()), .. place.Heads()];

    public IReadOnlyCollection<string> Added(IReadOnlyCollection<string> tips, IReadOnlyCollection<string> known)
    {
        // Without --full-history a branch that was merged without its topic is passed over; without -m a topic that a merge itself adds;
        // with renames the new name is no addition.
        var walk = new StringBuilder();
        foreach (var tip in tips)
            walk.Append(tip).Append('\n');
        foreach (var tip in known)
            walk.Append('^').Append(tip).Append('\n');
        if (place.Part.Length > 0)
            walk.Append("--\n").Append(place.Part).Append('\n');
        var names = git.Run(["log", "--ignore-missing", "--full-history", "-m", "--no-renames", "--diff-filter=A", "--name-only", "-z",
            "--format=", "--ignore-submodules=none", "--no-ext-diff", "--no-relative", "-O/dev/null",
            "--stdin"], walk.ToString()).Good();
        return place.NamesIn(names.Output);
    }

    public GitRef? Holder(IReadOnlyList<GitRef> refs, string name)
    {
        if (refs.Count == 0)
            return null;
        var asked = string.Concat(refs.Select(each => $"{each.Object}:{place.PathOf(name)}\n"));
        var lines = git.Run(["cat-file", "--batch-check=%(objectname)"], asked).Good().Lines;
        for (var index = 0; index < Math.Min(lines.Length, refs.Count); index++)
        {
            if (!lines[index].EndsWith(" missing", StringComparison.Ordinal))
                return refs[index];
        }
        return null;
    }

    public string Write(string text) => git.Run(["hash-object", "-w", "--stdin"], text).Good().Line;

    public IReadOnlyDictionary<string, string> Read(IReadOnlyCollection<string> objects)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (objects.Count == 0)
            return texts;
        var asked = string.Concat(objects.Select(each => each + "\n"));
        var batch = git.Run(["cat-file", "--batch=%(objectname) %(objecttype) END"], asked).Good();
        // A reservation is lines of text, each of our own making; no other object is looked into.
        string? current = null;
        foreach (var line in batch.Output.Split('\n'))
        {
            if (line.EndsWith(" END", StringComparison.Ordinal) && objects.Contains(line.Split(' ')[0], StringComparer.Ordinal))
                texts[current = line.Split(' ')[0]] = "";
            else if (line.EndsWith(" missing", StringComparison.Ordinal))
                current = null;
            else if (current is not null)
                texts[current] += line + "\n";
        }
        return texts;
    }

    public bool Create(IReadOnlyList<string> refs, string target)
    {
        for (var tries = 1; ; tries++)
        {
            var update = git.Run(["update-ref", "--stdin"], string.Concat(refs.Select(each => $"create {each} {target}\n")));
            if (update.IsGood)
                return true;
            var there = Refs(git.Run(["for-each-ref", "--format=%(objectname) %(refname)", .. refs]).Good());
            if (there.Count > 0)
                return there.Count == refs.Count && there.All(each => each.Object == target);
            // Somebody has the lock of one of them, or of those that are packed.
            if (tries == MostTries || !update.Error.Contains("nable to create"))
                throw update.Failure();
            Thread.Sleep(tries);
        }
    }

    public void Delete(IReadOnlyList<string> refs, string target) =>
        git.Run(["update-ref", "--stdin"], string.Concat(refs.Select(each => $"delete {each} {target}\n"))).Good();

    public IReadOnlyList<string> Remotes() => _remotes.All();

    public void Fetch(string remote, bool branches) => _remotes.Fetch(remote, branches);

    public IReadOnlyList<GitRef> Reserved(string remote) => _remotes.Reserved(remote);

    public bool Push(string remote, IReadOnlyList<string> refs, string target) => _remotes.Push(remote, refs, target);

    public void Withdraw(string remote, IReadOnlyList<string> refs, string target) => _remotes.Withdraw(remote, refs, target);

    internal static IReadOnlyList<GitRef> Refs(GitAnswer answer, char between = ' ') =>
        [.. from line in answer.Lines let at = line.IndexOf(between) where at > 0 select new GitRef(line[(at + 1)..], line[..at])];
}
