using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Writes tasks as JSON lines, a whole todo each, to a file or the pipeline; takes no lock.</summary>
[Cmdlet(VerbsData.Export, "AgentTask", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class ExportAgentTaskCommand : WorkspaceCommand
{
    /// <summary>The file, which is written anew. Left out: the lines go into the pipeline.</summary>
    [Parameter(Position = 0)]
    [Given]
    public string? Path { get; set; }

    /// <summary>Of this swarm.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string? Swarm { get; set; }

    /// <summary>In any of these.</summary>
    [Parameter]
    [Status]
    [Given]
    public AgentTaskStatus[] Status { get; set; } = [];

    /// <summary>With all of these.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [Given]
    public string[] Tag { get; set; } = [];

    /// <inheritdoc/>
    protected override void End()
    {
        var lines = Board.Export(new TaskQuery { Swarm = Swarm, Statuses = Status, Tags = Tag });
        if (Path is null)
            WriteObject(lines, enumerateCollection: true);
        else
            Write(SessionPath.Literal(this, Path), lines);
        WarnOfUnknown(Swarm);
    }

    private void Write(string path, IEnumerable<string> lines)
    {
        if (!ShouldProcess(path, "Export tasks"))
            return;
        try
        {
            File.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")), new UTF8Encoding(false));
        }
        catch (System.Exception fault) when (fault is IOException or System.UnauthorizedAccessException)
        {
            throw new TaskLockingException(
                new Refusal(RefusalCode.AccessDenied, $"'{path}' cannot be written: {fault.Message}", Path: path), fault);
        }
    }
}
