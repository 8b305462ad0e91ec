using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Lists topic folders by number, with the paths that scripts want to know.</summary>
[Cmdlet(VerbsCommon.Get, "TopicDirectory", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TopicDirectory))]
public sealed class GetTopicDirectoryCommand : TopicRootsCommand
{
    /// <summary>Names, wildcards permitted; all when left out.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TopicNameCompleter))]
    [Given]
    public string[] Name { get; set; } = [];

    /// <summary>Numbers. One that no topic has is an error.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [Given]
    public int[] Number { get; set; } = [];

    private protected override void Read(TopicStore topics)
    {
        var names = Array.ConvertAll(Name, n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase));
        var found = topics.List().Where(t => names.Length == 0 || names.Any(n => n.IsMatch(t.Name))).ToList();
        foreach (var notice in topics.TakeNotices())
            WriteWarning(notice.Message);
        if (Number.Length == 0)
        {
            WriteObject(found, enumerateCollection: true);
            return;
        }
        foreach (var number in Number)
        {
            var numbered = found.Where(t => int.Parse(t.Number, CultureInfo.InvariantCulture) == number).ToList();
            WriteObject(numbered, enumerateCollection: true);
            if (numbered.Count == 0)
                WriteRefusal(NotFound(topics.Root, number), number);
        }
    }

    private static Refusal NotFound(string root, int number) =>
        new(RefusalCode.TopicNotFound, $"No topic in {root} has the number {number:000}.", Path: root);
}
