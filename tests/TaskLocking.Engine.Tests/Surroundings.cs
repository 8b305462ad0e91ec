using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TaskLocking.Tests;

/// <summary>What the processes that the tests start find around them.</summary>
internal static partial class Surroundings
{
    private const nint Default = 0;
    private const nint Ignored = 1;

    [ModuleInitializer]
    internal static void Prepare()
    {
        // Thousands are killed: each would leave a debugger's pipes among the temporary files, which slows down whoever lists those.
        Environment.SetEnvironmentVariable("DOTNET_EnableDiagnostics", "0");
        // A shell starts what it sends to the background deaf to Ctrl+C, and everything that this starts is so, too.
        if (!OperatingSystem.IsWindows() && Signal(Cli.TasklockProcess.Interrupt, Default) is var before and not Ignored)
            _ = Signal(Cli.TasklockProcess.Interrupt, before);
    }

    /// <summary>A number that whoever runs the tests may set; null if he did not.</summary>
    internal static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value
            : null;

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int number, nint handler);
}
