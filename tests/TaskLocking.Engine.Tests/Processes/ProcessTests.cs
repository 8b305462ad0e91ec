using Xunit;

// Most tests wait for processes that they have started: with as many at once as there are processors, these would idle.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

namespace TaskLocking.Tests.Processes;

/// <summary>Tests that start many processes run alone: hundreds at once leave nothing for others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessTests
{
    public const string Name = "processes";
}
