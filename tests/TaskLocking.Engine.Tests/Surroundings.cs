using System;
using System.Runtime.CompilerServices;

namespace TaskLocking.Tests;

/// <summary>What the processes that the tests start find around them.</summary>
internal static class Surroundings
{
    // Thousands are killed: each would leave a debugger's pipes among the temporary files, which slows down whoever lists those.
    [ModuleInitializer]
    internal static void Prepare() => Environment.SetEnvironmentVariable("DOTNET_EnableDiagnostics", "0");
}
