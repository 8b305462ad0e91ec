using System.Collections;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Workspaces;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes the names of topics.</summary>
public sealed class TopicNameCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters)
    {
        using var topics = TopicStore.Open(
            WorkspacePath.FindProject(boundParameters["Workspace"] as string, CurrentBoard.Location), boundParameters["Path"] as string);
        return topics.List().Select(topic => (topic.Name, topic.Number)).ToList();
    }
}
