using System.IO;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>Gives the younger of several topics of one number a fresh one, and rewrites what leads there.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "TopicDirectory", SupportsShouldProcess = true)]
[OutputType(typeof(TopicRepair))]
public sealed class RepairTopicDirectoryCommand : NumberingCommand
{
    /// <summary>The numbers to look at; all that several topics have when left out.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, int.MaxValue)]
    [Given]
    public int[] Number { get; set; } = [];

    /// <summary>Branches or commits with which this one will be merged.</summary>
    [Parameter]
    [Given]
    public string[] Against { get; set; } = [];

    /// <summary>The branch that this one goes into: what the remote calls its own.</summary>
    [Parameter]
    public SwitchParameter MergeBase { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        using var topics = Topics(Root);
        var request = new TopicRepairRequest
        {
            Numbers = Number,
            Against = Against,
            MergeBase = MergeBase,
            IsPreview = true,
            Numbering = Numbering(),
        };
        var repair = topics.Renumber(request, StopToken);
        var moves = string.Join(", ", repair.Moves.Select(move => $"{Path.GetFileName(move.Path)} to {Path.GetFileName(move.NewPath)}"));
        if (repair.Moves.Count > 0 && ShouldProcess(repair.SpecsDirectory, $"Move {moves}"))
            repair = topics.Renumber(request with { IsPreview = false }, StopToken);
        WriteObject(repair);
        Warn(topics);
    }
}
