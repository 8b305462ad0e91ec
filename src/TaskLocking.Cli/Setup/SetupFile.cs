using System;
using System.IO;
using System.Linq;
using System.Text;

namespace TaskLocking.Cli.Setup;

/// <summary>A file of a project and what becomes of it. Nothing is written before <see cref="Write"/>.</summary>
/// <param name="name">Its path in the project.</param>
/// <param name="head">What a file of this name begins with that is made anew.</param>
/// <param name="change">What a text becomes; a FormatException says why it is not understood.</param>
internal sealed class SetupFile(string name, string head, Func<string, string> change)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private string? _path;
    private string? _before;
    private string? _after;

    public string Name => name;

    /// <summary>created, changed, deleted or unchanged.</summary>
    public string Action => _before is null ? (_after is null ? "unchanged" : "created")
        : _after is null ? "deleted"
        : _after == _before ? "unchanged" : "changed";

    /// <summary>The lines that come and go, behind '+' and '-'; empty where nothing changes.</summary>
    public string Shown()
    {
        var (before, after) = (Lines(_before), Lines(_after));
        var same = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = before.Skip(same).Reverse().Zip(after.Skip(same).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Concat(before[same..^end].Select(line => $"  - {line}\n").Concat(after[same..^end].Select(line => $"  + {line}\n")));
    }

    /// <summary>Looks what has to be done.</summary>
    /// <param name="project">The folder of the project.</param>
    /// <param name="remove">Whether what is ours shall go.</param>
    /// <exception cref="TaskLockingException">InvalidArgument: the file is not understood; AccessDenied and others: not read.</exception>
    public void Plan(string project, bool remove)
    {
        _path = Path.Combine(project, name);
        try
        {
            // A link is followed: CLAUDE.md is often one to AGENTS.md.
            var file = new FileInfo(_path);
            if (file.LinkTarget is not null)
                _path = file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            _before = File.Exists(_path) ? Strict.GetString(File.ReadAllBytes(_path)) : null;
            if (_before is null && remove)
                return;
            _after = change(_before ?? head);
            // What nobody but us has written anything into goes.
            if (remove && _after != _before && (_after.Trim().Length == 0 || _after.Trim() == head.Trim()))
                _after = null;
        }
        catch (Exception fault) when (fault is FormatException or DecoderFallbackException)
        {
            var why = fault is FormatException ? fault.Message : "is no UTF-8. Put it right";
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"{name} {why}, then for example tasklock setup claude. Nothing was written.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused("read", fault);
        }
    }

    /// <summary>Does it: the new file takes the place of the old one at once, with its rights.</summary>
    /// <exception cref="TaskLockingException">AccessDenied, StoreUnavailable.</exception>
    public void Write()
    {
        if (Action == "unchanged")
            return;
        try
        {
            if (_after is null)
            {
                File.Delete(_path!);
                return;
            }
            Directory.CreateDirectory(Path.GetDirectoryName(_path!)!);
            var temporary = $"{_path}.{Guid.NewGuid():N}.tmp";
            File.WriteAllText(temporary, _after, Strict);
            if (_before is not null && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(_path!));
            File.Move(temporary, _path!, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused("written", fault);
        }
    }

    private static string[] Lines(string? text) =>
        string.IsNullOrEmpty(text) ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private TaskLockingException Refused(string what, Exception fault) => new(
        fault is UnauthorizedAccessException ? RefusalCode.AccessDenied : RefusalCode.StoreUnavailable,
        $"{name} cannot be {what}: {fault.Message}", fault);
}
