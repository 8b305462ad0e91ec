using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace TaskLocking.Tests.Scheduling;

/// <summary>One random change of a document: a task defined, changed in its place, or gone.</summary>
internal sealed record GraphAct(string Id, string[] Dependencies, string Status, string Priority, string? Created, string? Assignee,
    bool HasClaim, bool IsGone, bool IsNew)
{
    private const string Claim = """{"token":1,"agent":"a","expires":"2026-01-01T00:00:00.000Z"}""";

    public static Gen<GraphAct> Any(string[] ids, string[] agents) =>
        from id in Gen.Elements(ids)
        from dependencies in Gen.ListOf(Gen.Elements(ids))
        from most in Gen.Choose(0, 3)
        from status in Gen.Elements("Todo", "Todo", "Done", "done", "In Progress", "Failed", "Cancelled", "Review", "Blocked", "what")
        from priority in Gen.Elements("low", "high", "high")
        from created in Gen.Elements(null, "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z")
        from agent in Gen.Elements(agents)
        from type in Gen.Elements(null, "agent", "host", "human")
        from flags in Gen.Choose(0, 31)
        select new GraphAct(id, [.. dependencies.Take(most)], status, priority, created,
            type is null ? null : $$"""{"type":"{{type}}","name":"{{agent}}"}""", (flags & 3) == 3, (flags & 12) == 12, (flags & 16) == 16);

    public string Json() =>
        $$"""
        {"id":"{{Id}}","status":"{{Status}}","priority":"{{Priority}}",
        {{(Created is null ? "" : $"\"created\":\"{Created}\",")}}"assignee":{{Assignee ?? "null"}},
        "dependencies":[{{string.Join(",", Dependencies.Select(id => $"\"{id}\""))}}],
        "taskLocking":{"claim":{{(HasClaim ? Claim : "null")}} } }
        """;

    public override string ToString() => IsGone ? $"-{Id}"
        : $"{(IsNew ? "+" : "")}{Id}[{string.Join(",", Dependencies)}] {Status} {Priority} {Created} " +
            $"{Assignee}{(HasClaim ? " claimed" : "")}";
}
