using System.Collections.Generic;

namespace TaskLocking.Tests.Topics;

/// <summary>A commit of the model: its names in the root.</summary>
internal sealed record ModelCommit(string Id, IReadOnlyList<ModelCommit> Parents, IReadOnlySet<string> Names);
