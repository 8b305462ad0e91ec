using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>
/// The programs to compare with: built or found when first needed; null, and named in <see cref="Missing"/>, when they cannot be.
/// </summary>
internal sealed class Peers(Scratch scratch)
{
    private static readonly string Sources = Path.Combine(AppContext.BaseDirectory, "Peers");
    private readonly Dictionary<string, string?> _found = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];

    /// <summary>A sentence for each peer that is not here.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>The start of a C program of the peers.</summary>
    public ProcessStartInfo? C(string name, params string[] arguments) =>
        Find(name, "a C compiler (cc) on a system with flock", () => Compile(name)) is { } program ? new(program, arguments) : null;

    /// <summary>The start of a C program of the peers that speaks to PostgreSQL.</summary>
    public ProcessStartInfo? Libpq(string name, params string[] arguments) =>
        Find(name, "a C compiler (cc) and PostgreSQL's library for clients (libpq-dev)", () => CompileWithLibpq(name)) is { } program
            ? new(program, arguments) : null;

    /// <summary>The start of a Python program that uses filelock.</summary>
    public ProcessStartInfo? Python(string source, params string[] arguments) =>
        Script(source, arguments, "python3", "the package filelock", "-c", "import filelock");

    /// <summary>The start of a bash program that uses flock(1).</summary>
    public ProcessStartInfo? Bash(string source, params string[] arguments) =>
        Script(source, arguments, "bash", "version 5, flock, sed and sort", "-c",
            "(( BASH_VERSINFO[0] >= 5 )) && command -v flock sed sort");

    /// <summary>The start of a node program that uses npm's proper-lockfile.</summary>
    public ProcessStartInfo? Node(string source, params string[] arguments) =>
        Script(source, arguments, "node", "the package proper-lockfile (on NODE_PATH)", "-e", "require.resolve('proper-lockfile')");

    /// <summary>A program that somebody installed.</summary>
    public string? Tool(string name, string needs) => Find(name, needs, () => Programs.First(name));

    /// <summary>PowerShell 7.</summary>
    public string? PowerShell() => Find("pwsh", "PowerShell 7 (pwsh)", () => Programs.First("pwsh"));

    /// <summary>Names something that is missing.</summary>
    public void Miss(string what)
    {
        var sentence = $"Missing here, so not measured: {what}.";
        if (!_missing.Contains(sentence))
            _missing.Add(sentence);
    }

    private ProcessStartInfo? Script(string source, string[] arguments, string interpreter, string needs, params string[] probe) =>
        Find(interpreter, $"{interpreter} with {needs}",
            () => Programs.All(interpreter).FirstOrDefault(each => Programs.Succeeds(each, probe))) is { } program
            ? new(program, [Path.Combine(Sources, source), .. arguments])
            : null;

    private string? Find(string key, string needs, Func<string?> find)
    {
        if (!_found.TryGetValue(key, out var program))
            _found[key] = program = find();
        if (program is null)
            Miss(needs);
        return program;
    }

    private string? CompileWithLibpq(string name)
    {
        if (OperatingSystem.IsWindows() || Programs.First("cc") is not { } compiler)
            return null;
        var program = Path.Combine(scratch.Folder("peer"), name);
        return Programs.Succeeds(compiler, "-O2", "-I/usr/include/postgresql", "-I/usr/include/pgsql", "-o", program,
            Path.Combine(Sources, name + ".c"), "-lpq") ? program : null;
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
