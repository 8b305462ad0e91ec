using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Cli.Setup;

namespace TaskLocking.Cli.Commands;

/// <summary><c>setup</c>.</summary>
internal sealed class SetupCommand : TasklockCommand
{
    public const string Verb = "setup";

    private readonly Argument<string> _tool = new("TOOL") { Description = "claude, codex, cursor or vscode." };
    private readonly Option<bool> _whatIf = new("--what-if") { Description = "Show what would be written, and write nothing." };
    private readonly Option<bool> _remove = new("--remove") { Description = "Take away what it wrote, and nothing else." };
    private readonly Option<bool> _force = new("--force") { Description = "Although somebody changed what it wrote." };

    public SetupCommand()
        : base(Verb, "Tells an agent's tool about tasklock, in the files of the project that the tool reads by itself.")
    {
        Add(_tool);
        Add(_whatIf);
        Add(_remove);
        Add(_force);
    }

    /// <summary>The tools that it knows.</summary>
    public static IReadOnlyList<string> Tools => AgentTool.Names;

    public override string Remarks => """
          claude   CLAUDE.md, and in .claude/settings.json a hook that runs 'tasklock prime' as a session begins
          codex    AGENTS.md, which other tools read as well
          cursor   .cursor/rules/tasklock.mdc
          vscode   .github/copilot-instructions.md

        The text stands between two marks, and in the settings one entry is added; all else in the files stays byte for byte. A second run
        changes nothing. A file that is not understood (no UTF-8, no JSON, half of the marks, changes between them) is refused with exit
        code 2, and then nothing at all is written.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock setup claude --what-if",
        "tasklock setup codex",
        "tasklock setup cursor --remove",
    ];

    protected override int Execute(CommandRun run)
    {
        var (remove, whatIf) = (run.Value(_remove), run.Value(_whatIf));
        var tool = run.Value(_tool)!.ToLowerInvariant();
        var files = AgentTool.Files(tool, remove, run.Value(_force)) ?? throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{tool}' is no tool that can be set up. Give {string.Join(", ", Tools)}, for example {Examples[1]}");
        // All are looked at before one is written.
        foreach (var file in files)
            file.Plan(run.Project, remove);
        if (!whatIf)
        {
            foreach (var file in files)
                file.Write();
        }
        if (run.Json)
            WriteJson(tool, whatIf, files);
        else
            StandardOutput.Text(string.Concat(files.Select(file => Line(file, whatIf) + file.Shown())));
        return 0;
    }

    private static string Line(SetupFile file, bool whatIf) =>
        $"{file.Name}: {(whatIf && file.Action != "unchanged" ? "would be " : "")}{file.Action}\n";

    private static void WriteJson(string tool, bool whatIf, IReadOnlyList<SetupFile> files) => StandardOutput.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tool", tool);
        writer.WriteBoolean("what_if", whatIf);
        writer.WriteStartArray("files");
        foreach (var file in files)
        {
            writer.WriteStartObject();
            writer.WriteString("path", file.Name);
            writer.WriteString("action", file.Action);
            writer.WriteString("lines", file.Shown());
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
