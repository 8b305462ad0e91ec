using System.Collections.Generic;

namespace TaskLocking.Cli.Output;

/// <summary>Scripts for a person.</summary>
internal static class HookReport
{
    public static void Write(IReadOnlyList<HookScript> scripts)
    {
        if (scripts.Count == 0)
        {
            StandardOutput.Line("No hooks.");
            return;
        }
        var table = new TextTable("Event", "Trusted", "SHA-256", "Path");
        foreach (var script in scripts)
        {
            table.Add(WorkspaceHooks.NameOf(script.Kind), script.IsTrusted ? "yes" : script.Fault is null ? "no" : "never: " + script.Fault,
                script.Digest?[..12], script.Path);
        }
        SpectreTable.Write(table);
    }
}
