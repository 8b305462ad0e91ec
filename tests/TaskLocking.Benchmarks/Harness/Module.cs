using System;
using System.Diagnostics;
using System.IO;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>The PowerShell module of this checkout, built by <c>build.ps1</c> when first needed.</summary>
internal sealed class Module(Peers peers)
{
    private string? _shell;

    /// <summary>The manifest's full path.</summary>
    public string Manifest { get; } = Path.Combine(CommandLine.Repository, "TaskLocking.psd1");

    /// <summary>This, if there is a PowerShell and a module to import; else null, and what is missing is named.</summary>
    public Module? Find()
    {
        if (_shell is not null)
            return this;
        if (peers.PowerShell() is not { } shell)
            return null;
        if (!File.Exists(Manifest))
        {
            peers.Miss("the module's manifest TaskLocking.psd1");
            return null;
        }
        Console.Error.WriteLine("building the module …");
        Programs.Run(shell, "-NoProfile", "-NonInteractive", "-File", Path.Combine(CommandLine.Repository, "build.ps1"), "Build");
        _shell = shell;
        return this;
    }

    /// <summary>The start of a PowerShell that runs a script and ends.</summary>
    public ProcessStartInfo Start(string script) => new(_shell!, ["-NoProfile", "-NonInteractive", "-Command", script])
    {
        Environment = { ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["POWERSHELL_UPDATECHECK"] = "Off" },
    };

    /// <summary>The output of a script that must not fail.</summary>
    public string Run(string script) => Programs.Run(Start("$ErrorActionPreference = 'Stop'\n" + script)).Output.Trim();
}
