using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Completion;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>completion</c>.</summary>
internal sealed class CompletionCommand : TasklockCommand
{
    public const string Verb = "completion";

    /// <summary>The shells that it is for.</summary>
    public static readonly IReadOnlyList<string> Shells = ["bash", "zsh", "fish", "pwsh"];

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh, fish or pwsh." };

    public CompletionCommand()
        : base(Verb, "Prints what a shell reads to complete commands, options, ids, agents and swarms.") => Add(_shell);

    public override string Remarks => """
        The shell then asks 'tasklock' at each Tab: what is offered comes from the board of the folder where you are, or of --workspace.
        Nothing is written by it and no lock is taken. To have it in every new shell:

          bash   echo 'eval "$(tasklock completion bash)"' >> ~/.bashrc
          zsh    tasklock completion zsh > "${fpath[1]}/_tasklock"
          fish   tasklock completion fish > ~/.config/fish/completions/tasklock.fish
          pwsh   Add-Content $PROFILE 'tasklock completion pwsh | Out-String | Invoke-Expression'
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock completion bash",
        "eval \"$(tasklock completion bash)\"",
    ];

    protected override int Execute(CommandRun run)
    {
        var shell = run.Value(_shell)!.ToLowerInvariant();
        var script = shell switch
        {
            "bash" => CompletionScripts.Bash,
            "zsh" => CompletionScripts.Zsh,
            "fish" => CompletionScripts.Fish,
            "pwsh" or "powershell" => CompletionScripts.PowerShell,
            _ => throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{shell}' is no shell that can be completed for. Give bash, zsh, fish or pwsh, for example {Examples[0]}"),
        };
        if (run.Json)
            StandardOutput.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("shell", shell);
                writer.WriteString("script", script);
                writer.WriteEndObject();
            });
        else
            StandardOutput.Text(script);
        return 0;
    }
}
