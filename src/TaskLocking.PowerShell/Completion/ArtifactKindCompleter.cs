using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes the kinds of artifact folders.</summary>
public sealed class ArtifactKindCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters) =>
        TopicArtifact.Kinds.Select(k => (k, "artifact folder"));
}
