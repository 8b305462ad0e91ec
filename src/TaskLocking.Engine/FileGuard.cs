using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using TaskLocking.Locking;
using TaskLocking.Topics;

namespace TaskLocking;

/// <summary>What a commit of git would change, and the hook that has it looked at before.</summary>
public static class FileGuard
{
    private const string Begin = "# tasklock file guard: begin";
    private const string End = "# tasklock file guard: end";

    private static readonly string[] Shells = ["sh", "bash", "dash", "zsh", "ksh"];

    private const string Block = Begin + "\n"
        + "if command -v tasklock >/dev/null 2>&1; then tasklock file guard || exit $?\n"
        + "else echo 'tasklock is not on PATH: nobody looks who has leases on these files' >&2; fi\n" + End + "\n";

    /// <summary>The full paths of all files that the index has otherwise than the last commit: changed, new, gone, both names of a renamed
    /// one.</summary>
    /// <param name="folder">A folder of the working tree.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="TaskLockingException">InvalidArgument outside of a working tree; StoreUnavailable where git is not there, or
    /// fails.</exception>
    public static IReadOnlyList<string> Staged(string folder, CancellationToken cancellationToken = default)
    {
        var git = Git(folder, cancellationToken);
        var top = Top(git, folder);
        // A name ends with NUL: it may have any other character.
        var names = Run(git, "diff", "--cached", "--name-only", "--no-renames", "--no-ext-diff", "--ignore-submodules=none", "-z", "--");
        return names.Split(['\0'], StringSplitOptions.RemoveEmptyEntries).Select(name => top.TrimEnd('/') + "/" + name).ToList();
    }

    /// <summary>Has git look before each commit: writes the hook, or adds to the one that is there.</summary>
    /// <param name="folder">A folder of the working tree.</param>
    /// <param name="path">The hook.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False if it was so already.</returns>
    /// <exception cref="TaskLockingException">StatusConflict where the hook is no script of a shell; as above, and what the system said.
    /// </exception>
    public static bool Install(string folder, out string path, CancellationToken cancellationToken = default)
    {
        var git = Git(folder, cancellationToken);
        path = Path.Combine(Hooks(git, Top(git, folder), folder), "pre-commit");
        try
        {
            var before = File.Exists(path) ? File.ReadAllText(path) : null;
            if (before?.IndexOf(Begin, StringComparison.Ordinal) >= 0)
                return false;
            var text = before is null ? "#!/bin/sh\n" + Block : WithBlock(before, path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // A link stays one: what it leads to is written.
            var target = before is null ? path : PlatformFile.ResolveLinks(path);
            var temporary = target + "." + Guid.NewGuid().ToString("N") + ".tmp";
            File.WriteAllText(temporary, text, new UTF8Encoding(false));
            MakeExecutable(temporary, before is null ? null : target);
            FileBytes.Replace(temporary, target);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(fault, path);
        }
    }

    // Behind the first line, so that a script that ends early is not before it; what is there stays.
    private static string WithBlock(string before, string path)
    {
        var end = before.IndexOf('\n');
        var first = end < 0 ? before : before.Substring(0, end);
        var isShell = first.StartsWith("#!", StringComparison.Ordinal)
            && Shells.Contains(first.TrimEnd().Split('/', ' ').Last(word => word.Length > 0 && word[0] != '-'), StringComparer.Ordinal);
        if (!isShell || before.IndexOfAny(['\0']) >= 0)
            throw new TaskLockingException(new Refusal(RefusalCode.StatusConflict,
                $"'{path}' is there and is no script of a shell. Have it run 'tasklock file guard' and end with its exit code.",
                Path: path));
        return first.TrimEnd('\r') + "\n" + Block + (end < 0 ? "" : before.Substring(end + 1));
    }

    private static void MakeExecutable(string path, string? like)
    {
#if NET
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode All = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(path, like is null ? File.GetUnixFileMode(path) | All : File.GetUnixFileMode(like));
#else
        _ = (path, like);
#endif
    }

    private static GitProgram Git(string folder, CancellationToken cancellationToken)
    {
        var program = GitProgram.Find() ?? throw new TaskLockingException(RefusalCode.StoreUnavailable,
            "git is not on PATH, and only git knows what a commit would change.");
        return new GitProgram(program, folder, cancellationToken) { KeepsIndex = true };
    }

    private static string Top(GitProgram git, string folder)
    {
        var answer = Ask(git, "rev-parse", "--show-toplevel");
        return answer is { IsGood: true, Line.Length: > 0 } ? answer.Line : throw new TaskLockingException(new Refusal(
            RefusalCode.InvalidArgument, $"'{folder}' is in no working tree of git, so no commit is made there.", Path: folder));
    }

    // Where its user has set it, else the repository's own, which all working trees share.
    private static string Hooks(GitProgram git, string top, string folder)
    {
        var set = Ask(git, "config", "--type=path", "--get-all", "core.hooksPath").Lines;
        var place = set.Length > 1 ? Path.Combine(top, set[set.Length - 2]) // The last is ours, which lets no hook run.
            : Path.Combine(Path.Combine(folder, Run(git, "rev-parse", "--git-common-dir").TrimEnd('\n', '\r')), "hooks");
        return Path.GetFullPath(place);
    }

    private static string Run(GitProgram git, params string[] arguments)
    {
        var answer = Ask(git, arguments);
        return answer.IsGood ? answer.Output : throw Failed(answer.Failure());
    }

    private static GitAnswer Ask(GitProgram git, params string[] arguments)
    {
        try
        {
            return git.Run(arguments);
        }
        catch (GitFailure failure)
        {
            throw Failed(failure);
        }
    }

    private static TaskLockingException Failed(GitFailure failure) =>
        new(RefusalCode.StoreUnavailable, $"git does not tell what a commit would change: {failure.Message}.", failure);
}
