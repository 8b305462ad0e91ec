using System;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>Gives back reserved numbers that no topic ever had; with neither numbers nor an age it lists them.</summary>
[Cmdlet(VerbsCommon.Remove, "TopicReservation", SupportsShouldProcess = true)]
[OutputType(typeof(TopicReservation))]
public sealed class RemoveTopicReservationCommand : ReservingCommand
{
    /// <summary>The numbers.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    [Given]
    public int[] Number { get; set; } = [];

    /// <summary>All that were reserved longer ago, for example 30d.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? OlderThan { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        using var topics = Topics(Root);
        var request = new TopicReleaseRequest
        {
            Numbers = Number,
            OlderThan = OlderThan,
            Reserve = Reserve,
            Remote = Remote,
            IsPreview = Number.Length == 0 && OlderThan is null,
        };
        var what = OlderThan is { } age ? $"older than {age}" : string.Join(", ", Number.Select(number => number.ToString("000")));
        var goes = request.IsPreview || ShouldProcess($"{what} in {topics.Root}", "Remove topic reservation");
        WriteObject(topics.Release(goes ? request : request with { IsPreview = true }, StopToken), enumerateCollection: true);
    }
}
