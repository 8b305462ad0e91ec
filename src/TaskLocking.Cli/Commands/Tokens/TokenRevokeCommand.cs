using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>token revoke</c>.</summary>
internal sealed class TokenRevokeCommand : TasklockCommand
{
    public const string Verb = "revoke";

    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "The names of the tokens; all are revoked or none.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _tokens = TokenOptions.File();

    public TokenRevokeCommand()
        : base(Verb, "Takes tokens of the server away.")
    {
        Add(_names);
        Add(_tokens);
    }

    public override string Remarks =>
        "Who has one is a stranger from then on, also in a browser; what he follows ends. What he has claimed stays his until it ends.";

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock token revoke anna --tokens ~/.tasklock-tokens",
        "tasklock token revoke builder-1 builder-2 --tokens ~/.tasklock-tokens --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var names = run.Value(_names)!;
        var revoked = TokenFile.Revoke(TokenOptions.Full(run, _tokens), names);
        if (run.Json)
            StandardOutput.Json(writer => JsonText.Write(writer, revoked, names.Length == 1, TokenJson.Write));
        else
            StandardOutput.Lines(revoked.Select(token => $"The token of {token.Name} is revoked"));
        return 0;
    }
}
