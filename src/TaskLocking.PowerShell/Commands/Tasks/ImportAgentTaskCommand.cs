using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Takes over tasks from a file or another tool: all of them in one commit, or none.</summary>
[Cmdlet(VerbsData.Import, "AgentTask", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(ImportReport))]
public sealed class ImportAgentTaskCommand : CommitCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string LineSet = "Line";

    private readonly StringBuilder _lines = new();
    private readonly Batches<ImportRequest> _requests = new();

    /// <summary>Files, or the folder of Backlog.md, each a commit of its own.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [Given]
    public string[] Path { get; set; } = [];

    /// <summary>The same, taken as written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [Given]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Lines of JSON, as <c>Export-AgentTask</c> writes them; all that are piped are one commit.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = LineSet)]
    [AllowEmptyString]
    public string[] Line { get; set; } = [];

    /// <summary>The form of the files. Left out: as they look.</summary>
    [Parameter]
    public TaskFormat? Format { get; set; }

    /// <summary>Change what is there already and differs; else nothing is imported then.</summary>
    [Parameter]
    public SwitchParameter Update { get; set; }

    /// <summary>Take over what depends on tasks that nobody has: it will wait. Else nothing is imported then.</summary>
    [Parameter]
    public SwitchParameter AllowMissing { get; set; }

    /// <summary>The swarm of those that name none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string? Swarm { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var line in Line)
            _lines.Append(line).Append('\n');
        foreach (var path in Path.SelectMany(path => SessionPath.Matching(this, path))
            .Concat(LiteralPath.Select(path => SessionPath.Literal(this, path))))
        {
            if (IsToDo(path, "Import tasks"))
                _requests.Add(Board, Request(ImportSource.Read(path)));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (ParameterSetName == LineSet && IsToDo("the pipeline", "Import tasks"))
            _requests.Add(Board, Request([new ImportFile("the pipeline", Encoding.UTF8.GetBytes(_lines.ToString()))]));
        foreach (var request in Each(_requests).SelectMany(items => items))
        {
            var report = Board.Import(request, Commit, StopToken);
            foreach (var refusal in report.Refusals)
                WriteRefusal(refusal, refusal.TaskId);
            if (report.Refusals.Count == 0)
                WriteObject(report);
        }
    }

    private ImportRequest Request(IReadOnlyList<ImportFile> files) => new(files)
    {
        Format = Format,
        Update = Update,
        AllowMissing = AllowMissing,
        Swarm = Swarm,
        Folder = SessionPath.Location(this),
    };
}
