using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>The claims of one task as its history tells them, each "agent #token".</summary>
internal sealed class FleetClaims
{
    private readonly List<(string Agent, long Token)> _claims = [];

    public FleetClaims(AgentTask task, IReadOnlyList<TaskHistoryEntry> history)
    {
        Task = task;
        History = history;
        string? before = null;
        foreach (var entry in history.Where(entry => entry.Field == "claim"))
        {
            // One claim follows the other without a gap: none is overwritten unseen.
            Assert.Equal(before, entry.OldValue);
            before = entry.NewValue;
            if (entry.NewValue is null)
                continue;
            var hash = entry.NewValue.LastIndexOf(" #", StringComparison.Ordinal);
            var token = long.Parse(entry.NewValue[(hash + 2)..], CultureInfo.InvariantCulture);
            Assert.True(_claims.Count == 0 || token > _claims[^1].Token, $"{task.Id}: token {token} after {_claims.LastOrDefault().Token}");
            _claims.Add((entry.NewValue[..hash], token));
        }
        Assert.Null(before);
    }

    public AgentTask Task { get; }

    public IReadOnlyList<TaskHistoryEntry> History { get; }

    public IReadOnlyList<(string Agent, long Token)> All => _claims;

    public (string Agent, long Token) Last => _claims[^1];

    /// <summary>How often it came to a status.</summary>
    public int Times(string status) => History.Count(entry => entry.Field == "status" && entry.NewValue == status);
}
