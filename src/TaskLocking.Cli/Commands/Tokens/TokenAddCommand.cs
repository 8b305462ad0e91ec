using System;
using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>token add</c>.</summary>
internal sealed class TokenAddCommand : TasklockCommand
{
    public const string Verb = "add";

    private readonly Argument<string> _name = new("NAME") { Description = "In whose name its owner acts, as the history will have it." };
    private readonly Option<string> _tokens = TokenOptions.File();
    private readonly Option<bool> _allowChanges = new("--allow-changes")
    {
        Description = "Its owner may change the board, where the server allows changes. Default: it only reads.",
    };
    private readonly Option<string> _secretFile = new("--secret-file")
    {
        Description = "A new file for the secret, for its owner alone, instead of the output.",
        HelpName = "FILE",
    };

    public TokenAddCommand()
        : base(Verb, "Makes a token for the server, for one name.")
    {
        Add(_name);
        Add(_tokens);
        Add(_allowChanges);
        Add(_secretFile);
    }

    public override string Remarks => """
        Prints the secret, once: the file has only its digest. 'tasklock serve --tokens FILE' lets in whoever shows it, in that name alone,
        and sees a token that was made or revoked without being started anew.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock token add anna --tokens ~/.tasklock-tokens --allow-changes",
        "tasklock token add prometheus --tokens ~/.tasklock-tokens --secret-file /etc/prometheus/tasklock-token",
    ];

    protected override int Execute(CommandRun run)
    {
        var (path, name, now) = (TokenOptions.Full(run, _tokens), run.Value(_name)!, TimeProvider.System.GetUtcNow());
        var secretFile = run.Value(_secretFile) is { } file ? CurrentFolder.Full(file) : null;
        var secret = TokenFile.Add(path, name, run.Value(_allowChanges), now, made =>
        {
            if (secretFile is not null)
                TokenFile.Keep(secretFile, made);
        });
        if (run.Json)
        {
            var token = NamedToken.Of(name, run.Value(_allowChanges), secret, now);
            StandardOutput.Json(writer => TokenJson.WriteNew(writer, token, secretFile is null ? secret : null, secretFile));
        }
        else
            StandardOutput.Line(secretFile is null ? secret : $"The secret of {name} is in {TerminalText.Line(secretFile)}");
        return 0;
    }
}
