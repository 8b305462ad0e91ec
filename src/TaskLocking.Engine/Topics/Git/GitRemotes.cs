using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace TaskLocking.Topics;

/// <summary>The remotes of a repository: read, brought and written to within a time, without a question to anybody.</summary>
internal sealed class GitRemotes(GitProgram git, TopicPlace place)
{
    /// <summary>The longest fetch.</summary>
    public static readonly TimeSpan FetchTime = TimeSpan.FromSeconds(10);

    /// <summary>The longest look at a remote's refs, and the longest push.</summary>
    public static readonly TimeSpan RefTime = TimeSpan.FromSeconds(30);

    private const int MostTries = 8;

    private static readonly string[] BusyWords =
        ["stale info", "failed to update ref", "cannot lock ref", "already exists", "failed to lock", "nable to create"];

    /// <summary>The remote that is meant.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument: there is none of that name.</exception>
    /// <exception cref="GitFailure">There is none at all.</exception>
    public static string Choose(ITopicGit git, string? named, TopicDoubts doubts)
    {
        var remotes = git.Remotes();
        if (named is not null && !remotes.Contains(named, StringComparer.Ordinal))
        {
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"There is no remote '{named}' here. "
                + (remotes.Count == 0 ? "There is none at all." : $"Those that are there: {string.Join(", ", remotes)}."));
        }
        if (remotes.Count == 0)
            throw new GitFailure("this repository has no remote");
        if (named is null && remotes.Count > 1)
            doubts.Add($"there are several remotes, and '{remotes[0]}' was asked; --remote (-Remote) says which");
        return named ?? remotes[0];
    }

    public IReadOnlyList<string> All()
    {
        var settings = git.Run(["config", "-z", "--get-regexp", @"^(remote\..*\.url|checkout\.defaultremote|core\.sshcommand)$"]).Output;
        var (names, first) = (new List<string>(), "origin");
        foreach (var setting in settings.Split('\0'))
        {
            var end = setting.IndexOf('\n');
            if (end < 0)
                continue;
            var (name, value) = (setting[..end], setting[(end + 1)..]);
            if (name.StartsWith("remote.", StringComparison.Ordinal))
                names.Add(name["remote.".Length..^".url".Length]);
            else if (name.StartsWith("core.", StringComparison.Ordinal))
                git.SshCommand = value;
            else
                first = value;
        }
        return [.. names.Distinct(StringComparer.Ordinal).OrderBy(name => name != first)];
    }

    public void Fetch(string remote, bool branches)
    {
        var own = $"+{place.RefPrefix}*:{TopicPlace.TrackedPrefix}{TopicPlace.Escape(remote)}/{place.Name}/*";
        string[] how = ["fetch", "--quiet", "--no-recurse-submodules", "--no-write-fetch-head", "--no-auto-maintenance"];
        // What is said on the command line stands in the place of the settings; a setting stands beside them.
        string[] call = branches ? ["-c", $"remote.{remote}.fetch={own}", .. how, "--", remote] : [.. how, "--no-tags", "--", remote, own];
        for (var tries = 1; ; tries++)
        {
            var answer = git.Run(call, longest: FetchTime, connects: true);
            if (answer.IsGood)
                return;
            // Two at once in one clone want the same refs.
            if (tries == MostTries || !answer.Error.Contains("cannot lock ref"))
                throw answer.Failure();
            Thread.Sleep(20 * tries);
        }
    }

    public IReadOnlyList<GitRef> Reserved(string remote) => TopicGit.Refs(
        git.Run(["ls-remote", "--quiet", "--", remote, place.RefPrefix + "*"], longest: RefTime, connects: true).Good(), '\t');

    public bool Push(string remote, IReadOnlyList<string> refs, string target)
    {
        for (var tries = 1; ; tries++)
        {
            var push = Push(remote, refs.Select(each => (each, $"{target}:{each}", "")));
            if (push.IsGood)
                return true;
            var there = Reserved(remote).Where(each => refs.Contains(each.Name, StringComparer.Ordinal)).ToList();
            // Its answer may be what was lost.
            if (there.Count > 0)
                return there.Count == refs.Count && there.All(each => each.Object == target);
            if (tries == MostTries || !IsBusy(push))
                throw push.Failure();
            Thread.Sleep(20 * tries);
        }
    }

    public void Withdraw(string remote, IReadOnlyList<string> refs, string target) =>
        Push(remote, refs.Select(each => (each, ":" + each, target))).Good();

    private GitAnswer Push(string remote, IEnumerable<(string Ref, string What, string Lease)> changes)
    {
        var all = changes.ToList();
        string[] atomic = all.Count > 1 ? ["--atomic"] : [];
        return git.Run(["push", "--quiet", "--porcelain", "--no-verify", "--no-signed", "--no-follow-tags", "--recurse-submodules=no",
            .. atomic, .. all.Select(each => $"--force-with-lease={each.Ref}:{each.Lease}"), "--", remote,
            .. all.Select(each => each.What)],
            longest: RefTime, connects: true);
    }

    // Others write there at the same moment; whatever else a server says, it says it again.
    private static bool IsBusy(GitAnswer push) => BusyWords.Any((push.Output + push.Error).Contains);
}
