using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>
/// What an agent has to know to work here, in a page of Markdown that is bounded whatever is on the board: names are cut, lists end where
/// the page is full, and no id is cut.
/// </summary>
internal sealed class Primer
{
    /// <summary>
    /// UTF-8, at most. Commands and English have some four bytes a token; by three the page has at most 1,500.
    /// </summary>
    public const int MaxBytes = 4_500;

    private const int Listed = 5;
    private const int PathBytes = 240;
    private const int AgentBytes = 60;
    private const int NameBytes = 60;
    private const int LastLineBytes = 30;

    private const string Loop = """

        ## The loop
        Use one name for all your commands: `--agent {0}`, or set TASKLOCKING_AGENT. All of them take `--json`.
        1. `tasklock next --start --agent {0} --json` takes the best task that you may do; nobody else gets it. `null`: nothing is free;
           `--wait 10m` waits for one. Remember `id` and `taskLocking.claim.token`.
        2. Do the work. A task that lasts longer than 4 hours: `tasklock renew ID --agent {0} --token N` in between.
        3. Done: `tasklock complete ID --agent {0} --token N`. With `--next --start` it takes the next one, too.
           It went wrong: `tasklock fail ID --agent {0} --token N --reason "what"`. Never leave a task you cannot finish.

        ## Rules
        - Work on no task that you have not claimed, and never edit `.todo2` by hand: only commands change it.
        - Before you change files that the task does not name: `tasklock file lock PATH --agent {0}`; after it `tasklock file unlock`.
        - New work that you find: `tasklock task new ID --name "..." --depends-on ID`; dependencies decide what can be taken.
        - A new folder for plans or reports: `tasklock topic new "name"`; never number one by hand.
        - Look: `tasklock task get ID`, `tasklock task get --ready`, `tasklock task test ID` (why it is not ready), `tasklock progress`.

        ## Exit codes
        0 done; 2 wrong arguments (the message has an example); 3 somebody else has it: take another task; 4 not found; 5 a lock was not
        free in time: try again; 6 not possible now; 7 not yours; 8 the claim was lost: stop, that work is another's now; 9 to 11 tell a
        person.
        `tasklock help VERB` tells more.

        """;

    public required string Workspace { get; init; }

    /// <summary>Whether there is a store at all.</summary>
    public required bool IsBegun { get; init; }

    public required string? Agent { get; init; }

    public required TaskProgress Progress { get; init; }

    public required IReadOnlyList<AgentTask> Ready { get; init; }

    /// <summary>What the agent has and has not finished.</summary>
    public required IReadOnlyList<AgentTask> Own { get; init; }

    public string Text()
    {
        var name = Agent is null ? "NAME" : Cut(Quoted(Agent), AgentBytes);
        var loop = Loop.Replace("{0}", name, StringComparison.Ordinal);
        var text = new StringBuilder("""
            # Tasks of this project: `tasklock`

            Several agents work here at once. Tasks, files and topic folders are taken by the command `tasklock`, so that nothing is done
            twice.

            ## Now

            """);
        Add(text, $"Board: {Cut(Workspace, PathBytes)}");
        AddState(text, MaxBytes - Bytes(loop));
        return text.Append(loop).ToString();
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("workspace", Workspace);
        writer.WriteString("agent", Agent);
        writer.WriteNumber("total", Progress.Total);
        writer.WriteNumber("completed", Progress.Completed);
        writer.WriteNumber("in_progress", Progress.InProgress);
        writer.WriteNumber("pending", Progress.Pending);
        writer.WriteNumber("failed", Progress.Failed);
        writer.WriteNumber("ready_tasks", Ready.Count);
        JsonText.Write(writer, "ready", Ready.Take(Listed).Select(task => task.Id).ToList());
        JsonText.Write(writer, "own", Own.Take(Listed).Select(task => task.Id).ToList());
        writer.WriteString("text", Text());
        writer.WriteEndObject();
    }

    private void AddState(StringBuilder text, int room)
    {
        if (!IsBegun)
        {
            Add(text, "There is no board here yet. `tasklock task new ID --name \"...\"` begins one.");
            return;
        }
        Add(text, $"{Progress.Total} tasks: {Progress.Completed} done, {Progress.InProgress} in progress, {Progress.Pending} pending "
            + $"({Ready.Count} can be taken{(Agent is null ? "" : " by you")}), {Progress.Failed} failed.");
        if (Progress.Stuck.Count > 0)
            Add(text, $"{Progress.Stuck.Count} wait for what will not come: `tasklock graph check` tells why.");
        AddTasks(text, room, "Yours:", Own, task => $" {task.StatusText.ToLowerInvariant()}"
            + (task.Claim is { } claim ? $", token {claim.Token}, until {TaskText.Time(claim.Expires)}" : ""));
        AddTasks(text, room, "Ready, best first:", Ready, _ => "");
    }

    private static void AddTasks(StringBuilder text, int room, string head, IReadOnlyList<AgentTask> tasks, Func<AgentTask, string> more)
    {
        if (tasks.Count == 0)
            return;
        Add(text, head);
        var listed = 0;
        foreach (var task in tasks.Take(Listed))
        {
            var name = task.Name.Length == 0 || task.Name == task.Id ? "" : " " + Cut(task.Name, NameBytes);
            var line = $"- {TerminalText.Line(task.Id)} ({task.Priority.ToString().ToLowerInvariant()}){name}{more(task)}";
            if (Bytes(text.ToString()) + Bytes(line) + LastLineBytes > room)
                break;
            Add(text, line);
            listed++;
        }
        if (tasks.Count > listed)
            Add(text, $"- and {tasks.Count - listed} more");
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private static void Add(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Quoted(string name) => name.Contains(' ') ? $"\"{name}\"" : name;

    // Whole characters, on one line.
    private static string Cut(string value, int bytes)
    {
        var line = TerminalText.Line(value);
        if (Bytes(line) <= bytes)
            return line;
        var (end, count) = (0, 0);
        foreach (var rune in line.EnumerateRunes())
        {
            if ((count += rune.Utf8SequenceLength) > bytes - 3)
                break;
            end += rune.Utf16SequenceLength;
        }
        return line[..end] + "…";
    }
}
