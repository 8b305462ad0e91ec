namespace TaskLocking;

/// <summary>In which form tasks come from elsewhere.</summary>
public enum TaskFormat
{
    /// <summary>A JSON object a line, or an array of them: todos as a board exports them, or definitions.</summary>
    JsonLines,

    /// <summary>Task Master's <c>tasks.json</c>, with or without tags.</summary>
    TaskMaster,

    /// <summary>The <c>issues.jsonl</c> of beads.</summary>
    Beads,

    /// <summary>The folder of Backlog.md, a file a task.</summary>
    Backlog,

    /// <summary>The <c>tasks.md</c> of spec-kit.</summary>
    SpecKit,
}
