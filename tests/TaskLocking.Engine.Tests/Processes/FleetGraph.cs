using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TaskLocking.Tests.Processes;

/// <summary>
/// A random graph of tasks in clusters of twenty with some ways between them, so that a failure blocks a part and not everything. Some
/// tasks fail always (<c>poison</c>), some at the first attempt (<c>flaky</c>), some run into their time limit (<c>slow</c>), some need a
/// capability, some a file that others need too.
/// </summary>
internal sealed class FleetGraph
{
    public const string Capability = "gpu";
    private const int Cluster = 20;
    private const int Files = 12;

    private readonly Dictionary<string, TaskDefinition> _byId = new(StringComparer.Ordinal);

    public FleetGraph(Random random, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var definition = Make(random, number);
            _byId.Add(definition.Id, definition);
        }
        // Defined in any order: a dependency need not be there yet.
        Definitions = _byId.Values.OrderBy(_ => random.Next()).ToArray();
    }

    public IReadOnlyList<TaskDefinition> Definitions { get; }

    public TaskDefinition this[string id] => _byId[id];

    private static TaskDefinition Make(Random random, int number)
    {
        var start = number / Cluster * Cluster;
        var dependencies = new SortedSet<string>(StringComparer.Ordinal);
        for (var edges = random.Next(4); edges > 0 && number > start; edges--)
            dependencies.Add(Id(random.Next(start, number)));
        if (start > 0 && random.Next(50) == 0)
            dependencies.Add(Id(random.Next(start)));
        string[] tags = random.Next(100) switch
        {
            < 2 => ["poison"],
            < 8 => ["flaky"],
            < 9 => ["slow"],
            _ => [],
        };
        var isSlow = tags is ["slow"];
        return new TaskDefinition(Id(number))
        {
            Dependencies = [.. dependencies],
            Tags = tags,
            Priority = (TaskPriority)random.Next(4),
            Requires = random.Next(25) == 0 ? [Capability] : [],
            Files = random.Next(10) == 0 ? [string.Create(CultureInfo.InvariantCulture, $"src/part-{random.Next(Files)}.cs")] : [],
            MaxAttempt = isSlow ? 1 : 2,
            RetryDelay = TimeSpan.FromSeconds(1),
            TimeLimit = isSlow ? TimeSpan.FromSeconds(1) : null,
        };
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"T-{number:d4}");
}
