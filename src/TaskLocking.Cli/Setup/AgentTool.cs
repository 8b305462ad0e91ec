using System.Collections.Generic;

namespace TaskLocking.Cli.Setup;

/// <summary>The files that an agent's tool reads by itself, and what they shall tell it.</summary>
internal static class AgentTool
{
    /// <summary>What every agent is told, wherever it reads it.</summary>
    public const string Snippet = """
        ## Tasks are shared: `tasklock`

        Several agents work on this project. Run `tasklock prime` when you begin, and again after your memory was shortened: it tells how to
        work here and what there is to do. In short:

        - `tasklock next --start --agent NAME --json` takes the best free task for you alone; remember `id` and `taskLocking.claim.token`.
        - `tasklock complete ID --agent NAME --token N` when it is done, `tasklock fail ID --agent NAME --token N --reason "..."` when not.
        - `tasklock file lock PATH --agent NAME` before you change a file that the task does not name.
        - Never edit `.todo2` by hand. Exit code 3: somebody else has it, take another. 8: your claim was lost, stop.

        """;

    private const string CursorHead = """
        ---
        description: How tasks, files and topic folders are shared here (tasklock)
        alwaysApply: true
        ---

        """;

    public static readonly IReadOnlyList<string> Names = ["claude", "codex", "cursor", "vscode"];

    /// <summary>Null for a tool that is not known.</summary>
    public static IReadOnlyList<SetupFile>? Files(string tool, bool remove, bool force)
    {
        return tool switch
        {
            "claude" => [Text("CLAUDE.md"), new SetupFile(".claude/settings.json", "{\n}\n", text => SessionHook.Put(text, remove))],
            "codex" => [Text("AGENTS.md")],
            "cursor" => [Text(".cursor/rules/tasklock.mdc", CursorHead)],
            "vscode" => [Text(".github/copilot-instructions.md")],
            _ => null,
        };

        SetupFile Text(string name, string head = "") =>
            new(name, head, text => MarkedBlock.Put(text, remove ? null : Snippet, force));
    }
}
