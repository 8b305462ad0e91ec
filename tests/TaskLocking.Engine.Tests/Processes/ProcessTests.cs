using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>Tests that start many processes run alone: hundreds at once leave nothing for others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessTests
{
    public const string Name = "processes";
}
