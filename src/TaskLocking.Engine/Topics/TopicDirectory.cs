using System.Collections.Generic;

namespace TaskLocking.Topics;

/// <summary>A numbered folder of a topic, with the paths that scripts want to know.</summary>
/// <param name="Number">The number as the folder writes it: at least three digits, "001" to "999", then "1000".</param>
/// <param name="Name">The name after the number and the underscore.</param>
/// <param name="Path">The folder, full path.</param>
/// <param name="ProjectRoot">The folder that the topics' root was found from, full path.</param>
/// <param name="SpecsDirectory">The root that holds all topics, full path.</param>
public sealed record TopicDirectory(string Number, string Name, string Path, string ProjectRoot, string SpecsDirectory)
{
    /// <summary>Where artifacts go, by kind, in the order of <see cref="TopicArtifact.Kinds"/>. The folders exist when first needed.</summary>
    public IReadOnlyDictionary<string, string> ArtifactPaths { get; init; } = new Dictionary<string, string>(System.StringComparer.Ordinal);

    /// <summary>False if the folder was there already (with reuse).</summary>
    public bool Created { get; init; }
}
