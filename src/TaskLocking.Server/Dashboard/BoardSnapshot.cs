using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>
/// All that the page shows, in one answer: read from what is in memory, at the version that it tells or, where somebody commits meanwhile,
/// at a later one, and made once for all browsers that ask for the same. Its lists are short, with the number of all beside them.
/// </summary>
internal sealed class BoardSnapshot(ToolSetting setting, TimeProvider clock)
{
    private const int MostKept = 32;

    // What changes by time alone, as a holder that is gone, is seen so late at most.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<(BoardFilter Filter, bool MayChange), (long Version, DateTimeOffset At, byte[] Json)> _kept = [];
    private readonly Queue<StoreNotice> _notices = new();

    /// <summary>The answer, and the version that it is of.</summary>
    /// <param name="filter">Which tasks.</param>
    /// <param name="mayChange">Whether who looks may change the board.</param>
    public (long Version, ReadOnlyMemory<byte> Json) Of(BoardFilter filter, bool mayChange)
    {
        lock (_gate)
        {
            var (version, now) = (setting.Board.GetVersion(), clock.GetUtcNow());
            if (_kept.TryGetValue((filter, mayChange), out var kept) && kept.Version == version && now - kept.At < Fresh)
                return (version, kept.Json);
            if (_kept.Count >= MostKept)
                _kept.Clear();
            var json = PlainJson.Of(JsonText.Line(writer => Write(writer, filter, mayChange, version, now)).Span);
            _kept[(filter, mayChange)] = (version, now, json);
            return (version, json);
        }
    }

    private void Write(Utf8JsonWriter writer, BoardFilter filter, bool mayChange, long version, DateTimeOffset now)
    {
        var board = setting.Board;
        var all = board.GetTasks();
        var view = new BoardLists(writer, filter, all.Where(filter.Shows).ToList());
        writer.WriteStartObject();
        writer.WriteNumber("version", version);
        writer.WriteString("time", JsonText.Time(now));
        writer.WriteString("name", Path.GetFileName(Path.TrimEndingDirectorySeparator(board.Workspace)));
        writer.WriteBoolean("read_only", !mayChange);
        writer.WriteString("server", ServerVersion.Text);
        JsonText.Write(writer, "swarm_names", all.Select(task => task.Swarm).OfType<string>().Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Take(BoardLists.MostNames).ToList());
        JsonText.Write(writer, "agent_names", Agents(board, all));
        var ready = board.GetReady();
        view.WriteProgress(ready, board.GetSwarms());
        view.WriteReady(ready);
        view.WriteWaiting(board, ready);
        view.WriteWork(board.GetWork());
        view.WriteGraph();
        view.WriteAgents(board.GetAgents(), board.GetWorkload());
        view.WriteLeases(board.GetFileLeases());
        WriteContention(writer);
        AssignmentRunJson.Write(writer, "last_nightly", board.GetLastRun());
        WriteStore(writer);
        writer.WriteEndObject();
    }

    private static List<string> Agents(TaskBoard board, IReadOnlyList<AgentTask> tasks) => board.GetAgents().Select(agent => agent.Name)
        .Concat(tasks.SelectMany(task => new[] { task.Claim?.Agent, task.Assignee?.Name }.OfType<string>()))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(BoardLists.MostNames).ToList();

    private void WriteContention(Utf8JsonWriter writer)
    {
        writer.WritePropertyName("contention");
        if (setting.Board.Address is not null)
        {
            writer.WriteNullValue();
            return;
        }
        MetricsJson.Write(writer, setting.Board.GetMetrics(), BoardLists.Few);
    }

    private void WriteStore(Utf8JsonWriter writer)
    {
        foreach (var notice in setting.Board.TakeNotices())
        {
            if (_notices.Count >= BoardLists.Few)
                _notices.Dequeue();
            _notices.Enqueue(notice);
        }
        writer.WriteStartObject("store");
        writer.WriteString("kind", setting.Board.Address is null ? "folder" : "PostgreSQL");
        if (setting.Board.Address is null)
            writer.WriteNumber("journal_bytes", JournalSize.Of(setting.Board));
        var graph = setting.Board.CheckGraph();
        writer.WriteNumber("cycles", graph.Cycles.Count);
        JsonText.Write(writer, "cycle", graph.Cycles.Count > 0 ? graph.Cycles[0] : []);
        writer.WriteNumber("dangling", graph.Dangling.Count);
        writer.WriteNumber("not_understood", graph.NotUnderstood.Count(finding => finding.IsError));
        JsonText.Write(writer, "notices", _notices, static (each, notice) =>
        {
            each.WriteStartObject();
            each.WriteString("code", notice.Kind.ToString());
            each.WriteString("message", notice.Message);
            each.WriteEndObject();
        });
        writer.WriteEndObject();
    }
}
