using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using TaskLocking.Locking;
using TaskLocking.Model;

namespace TaskLocking.Topics;

/// <summary>
/// Runs git in one working tree: without a shell, with a cleaned environment, with no hook and no prompt, and never for longer than it was
/// given. Where it finds its repository is git's own matter, and so is whether it trusts its owner.
/// </summary>
/// <param name="program">Its full path.</param>
/// <param name="folder">The working tree.</param>
/// <param name="cancellationToken">Ends a call.</param>
internal sealed class GitProgram(string program, string folder, CancellationToken cancellationToken)
{
    /// <summary>The longest time for what needs no server. Only a first walk through a long history comes near it.</summary>
    public static readonly TimeSpan Local = TimeSpan.FromMinutes(2);

    // Once git has ended: what it started may keep the streams, as a shared connection of ssh does.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private static readonly string[] Always =
    [
        "--no-pager", "--literal-pathspecs", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.askPass=",
        "-c", "credential.interactive=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "log.showSignature=false",
        "-c", "log.showRoot=true", "-c", "core.filesRefLockTimeout=2000", "-c", "core.packedRefsTimeout=5000",
        "-c", "color.ui=false", "-c", "advice.detachedHead=false",
    ];

    /// <summary>How ssh is started where the variables do not say it: <c>core.sshCommand</c>.</summary>
    public string? SshCommand { get; set; }

    /// <summary>Whether the index is the one that a hook was told of: a commit of some files has one of its own.</summary>
    public bool KeepsIndex { get; set; }

    /// <summary>Its full path by <c>PATH</c>; null if it is not there. Never one in the current folder.</summary>
    public static string? Find()
    {
        var name = LibC.IsUnix ? "git" : "git.exe";
        foreach (var part in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            var place = part.Trim('"');
            if (place.Length > 0 && place.IndexOf('\0') < 0 && Path.IsPathRooted(place) && File.Exists(Path.Combine(place, name)))
                return Path.Combine(place, name);
        }
        return null;
    }

    /// <summary>One call to its end.</summary>
    /// <param name="arguments">The words behind <c>git</c>.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="longest">The longest time; null: <see cref="Local"/>.</param>
    /// <param name="connects">Whether it may speak with a server.</param>
    /// <exception cref="GitFailure">It does not start, or not end in time.</exception>
    /// <exception cref="OperationCanceledException">The caller does not want it any more.</exception>
    public GitAnswer Run(IReadOnlyList<string> arguments, string input = "", TimeSpan? longest = null, bool connects = false)
    {
        var call = arguments[0] == "-c" ? arguments[2] : arguments[0];
        var info = new ProcessStartInfo(program, GitArguments.Line(Always.Concat(arguments)))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.TryGetValue("GIT_INDEX_FILE", out var index);
        GitEnvironment.Clean(info.Environment!, connects, SshCommand);
        if (KeepsIndex && !string.IsNullOrEmpty(index))
            info.Environment["GIT_INDEX_FILE"] = index;
        using var process = Start(info, call);
        var output = new GitOutput(process.StandardOutput.BaseStream);
        var error = new GitOutput(process.StandardError.BaseStream);
        var written = WriteAsync(process.StandardInput.BaseStream, input);
        Await(process, call, longest ?? Local);
        if (!output.Task.Wait(LastWords) || !written.Wait(LastWords))
            throw new GitFailure($"'git {call}' ended, and its answer did not");
        _ = error.Task.Wait(TimeSpan.FromMilliseconds(500));
        return new GitAnswer(call, process.ExitCode, output.Text, error.Text);
    }

    private static Process Start(ProcessStartInfo info, string call)
    {
        try
        {
            return Process.Start(info) ?? throw new GitFailure($"'git {call}' does not start");
        }
        catch (Win32Exception exception)
        {
            throw new GitFailure($"'git {call}' does not start: {exception.Message}", exception);
        }
    }

    private void Await(Process process, string call, TimeSpan longest)
    {
        for (var deadline = new Deadline(longest); ;)
        {
            var left = deadline.Remaining;
            var slice = cancellationToken.CanBeCanceled ? Math.Min(100, left.TotalMilliseconds) : left.TotalMilliseconds;
            if (process.WaitForExit((int)Math.Min(int.MaxValue, Math.Ceiling(slice))))
                return;
            if (left > TimeSpan.Zero && !cancellationToken.IsCancellationRequested)
                continue;
            End(process);
            cancellationToken.ThrowIfCancellationRequested();
            throw new GitFailure($"'git {call}' did not end within {longest.TotalSeconds:0} s");
        }
    }

    private static void End(Process process)
    {
        try
        {
#if NET
            process.Kill(entireProcessTree: true);
#else
            process.Kill();
#endif
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            Debug.WriteLine(exception); // it has ended meanwhile
        }
    }

    private static async Task WriteAsync(Stream stream, string input)
    {
        try
        {
            await new MemoryStream(Encoding.UTF8.GetBytes(input)).CopyToAsync(stream).ConfigureAwait(false);
            stream.Dispose();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            Debug.WriteLine(exception); // it ended without reading to the end, and its exit code tells
        }
    }
}
