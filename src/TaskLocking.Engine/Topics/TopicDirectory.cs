using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace TaskLocking;

/// <summary>A numbered folder of a topic, with the paths that scripts want to know.</summary>
public sealed record TopicDirectory(string Number, string Name, string Path, string ProjectRoot, string SpecsDirectory) : BoardObject
{
    /// <summary>The number as the folder writes it: at least three digits, "001" to "999", then "1000", where it was made here.</summary>
    public string Number { get; } = Number;

    /// <summary>The name after the number and what joins them.</summary>
    public string Name { get; } = Name;

    /// <summary>The folder, full path.</summary>
    public string Path { get; } = Path;

    /// <summary>The folder that the topics' root was found from, full path.</summary>
    public string ProjectRoot { get; } = ProjectRoot;

    /// <summary>The root that holds all topics, full path.</summary>
    public string SpecsDirectory { get; } = SpecsDirectory;

    /// <summary>
    /// Where artifacts go, by kind, in the order of <see cref="TopicArtifact.Kinds"/>. The folders exist when first needed.
    /// </summary>
    public IReadOnlyDictionary<string, string> ArtifactPaths
    {
        get;
        internal init => field =
            new ReadOnlyDictionary<string, string>(value.ToDictionary(path => path.Key, path => path.Value, StringComparer.Ordinal));
    }
    = new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Among whom the number is the only one, as it was made sure of; Folder where it is only listed.</summary>
    public TopicScope Scope { get; internal init; }

    /// <summary>False if the folder was there already (with reuse).</summary>
    public bool Created { get; internal init; }
}
