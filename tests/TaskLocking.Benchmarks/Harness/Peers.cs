using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>The programs to compare with: built or found when first needed, null and named in <see cref="Missing"/> when they cannot be.</summary>
internal sealed class Peers(Scratch scratch)
{
    private static readonly string Sources = Path.Combine(AppContext.BaseDirectory, "Peers");
    private readonly Dictionary<string, string?> _found = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];

    /// <summary>A sentence for each peer that is not here.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>The start of a C program of the peers.</summary>
    public ProcessStartInfo? C(string name, params string[] arguments) =>
        Find(name, "a C compiler (cc) on a system with flock", () => Compile(name)) is { } program ? new ProcessStartInfo(program, arguments) : null;

    /// <summary>The start of the Python program that defines tasks by the old scheme.</summary>
    public ProcessStartInfo? Python(string name, params string[] arguments) =>
        Find("python", "python3 with the package filelock", () => Programs.All("python3").FirstOrDefault(python => Programs.Succeeds(python, "-c", "import filelock"))) is { } python
            ? new ProcessStartInfo(python, [Path.Combine(Sources, name), .. arguments])
            : null;

    /// <summary>The start of the bash program that allocates topics by the old scheme.</summary>
    public ProcessStartInfo? Bash(string name, params string[] arguments) =>
        Find("bash", "bash 5 with flock(1), sed and sort", () =>
                Programs.First("bash") is { } bash && Programs.Succeeds(bash, "-c", "(( BASH_VERSINFO[0] >= 5 )) && command -v flock sed sort ls") ? bash : null) is { } bash
            ? new ProcessStartInfo(bash, [Path.Combine(Sources, name), .. arguments])
            : null;

    /// <summary>The start of the node program that uses npm's proper-lockfile.</summary>
    public ProcessStartInfo? Node(string name, params string[] arguments) =>
        Find("node", "node with the package proper-lockfile (NODE_PATH)", () =>
                Programs.First("node") is { } node && Programs.Succeeds(node, "-e", "require.resolve('proper-lockfile')") ? node : null) is { } node
            ? new ProcessStartInfo(node, [Path.Combine(Sources, name), .. arguments])
            : null;

    /// <summary>PowerShell 7.</summary>
    public string? PowerShell() => Find("pwsh", "PowerShell 7 (pwsh)", () => Programs.First("pwsh"));

    /// <summary>Names something that is missing.</summary>
    public void Miss(string what)
    {
        var sentence = $"Missing here, so not measured: {what}.";
        if (!_missing.Contains(sentence))
            _missing.Add(sentence);
    }

    private string? Find(string key, string needs, Func<string?> find)
    {
        if (!_found.TryGetValue(key, out var program))
            _found[key] = program = find();
        if (program is null)
            Miss(needs);
        return program;
    }

    private string? Compile(string name)
    {
        if (OperatingSystem.IsWindows() || Programs.First("cc") is not { } compiler)
            return null;
        var program = Path.Combine(scratch.Folder("peer"), name);
        Programs.Run(compiler, "-O2", "-o", program, Path.Combine(Sources, name + ".c"));
        return program;
    }
}
