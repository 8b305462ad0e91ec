using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>token list</c>.</summary>
internal sealed class TokenListCommand : TasklockCommand
{
    public const string Verb = "list";

    private readonly Option<string> _tokens = TokenOptions.File();

    public TokenListCommand()
        : base(Verb, "Lists the tokens of the server by their names, with their rights, and no secret.") => Add(_tokens);

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock token list --tokens ~/.tasklock-tokens",
        "tasklock token list --tokens ~/.tasklock-tokens --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var tokens = TokenFile.Read(TokenOptions.Full(run, _tokens));
        if (run.Json)
            StandardOutput.Json(writer => JsonText.Write(writer, tokens, single: false, TokenJson.Write));
        else if (tokens.Count == 0)
            StandardOutput.Line("No tokens.");
        else
        {
            var table = new TextTable("Name", "Rights", "Made");
            foreach (var token in tokens)
                table.Add(token.Name, token.Rights, TaskText.Time(token.Made));
            SpectreTable.Write(table);
        }
        return 0;
    }
}
