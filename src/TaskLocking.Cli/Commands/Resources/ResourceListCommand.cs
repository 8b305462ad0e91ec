using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>resource list</c>.</summary>
internal sealed class ResourceListCommand : TasklockCommand
{
    public const string Verb = "list";

    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Only these, also patterns such as 'gpu*'.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public ResourceListCommand()
        : base(Verb, "Lists who holds which resource, since when, and with how many he shares it; takes no lock.") => Add(_names);

    public override string Remarks => """
        A resource is nothing but a name that all agree on; it is held by 'tasklock lock --resource NAME[=LIMIT] -- COMMAND'. One that
        nobody holds is not listed.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock resource list",
        "tasklock resource list gpu --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var names = Array.ConvertAll(run.Value(_names) ?? [], name => (Name: name, Pattern: NamePattern.Parse(name)));
        using var board = run.OpenBoard();
        var uses = board.GetResources();
        if (names.Length > 0)
            uses = uses.Where(use => Array.Exists(names, name => name.Pattern?.Matches(use.Name) ?? name.Name == use.Name)).ToList();
        if (run.Json)
        {
            StandardOutput.Json(writer => JsonText.Write(writer, uses, single: false, ResourceJson.Write));
            return 0;
        }
        if (uses.Count == 0)
        {
            StandardOutput.Line("No resource is held.");
            return 0;
        }
        var table = new TextTable("Resource", "Limit", "Agent", "Process", "Since", "Doing");
        foreach (var use in uses)
        {
            table.Add(use.Name, $"{use.Limit}", use.Agent, use.Pid is { } pid ? $"{pid} on {use.Host}" : null, TaskText.Time(use.Since),
                use.Doing);
        }
        SpectreTable.Write(table);
        return 0;
    }
}
