using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>
/// Whatever stands in a document, in a holder file or in the name of a folder: a terminal gets it escaped, from every command, as an
/// answer, a refusal, a table or a document of JSON.
/// </summary>
public sealed class TerminalTests : IDisposable
{
    private const string Evil = "E\e[31m1";
    private const string Agent = "bot\u202Exet";

    // All that can be written into a todo, with what terminals obey and what nobody sees.
    private const string Document = """
        {"todos":[
        {"id":"E\u001b[31m1","name":"clear\u001b[2J screen\u0007\nStatus      Done","status":"On\u009b31m hold","priority":"high",
         "tags":["\u200b"],"content":"one\r\ntwo\u001b]0;title\u0007\u2028three\rfour"},
        {"id":"waits","name":"\ufeffname","status":"Todo","dependencies":["E\u001b[31m1","missing\u001b[0m"],
         "assignee":{"type":"agent\u001b","name":"a\u202eb","hostname":"h\u0085","assigned_by":"x\u007f"}},
        {"id":"loop\u001b[1m","status":"Todo","dependencies":["loop\u001b[1m"]},
        {"id":"held","name":"h","status":"Todo"},{"id":"free","name":"f","status":"Todo","taskLocking":{"swarm":"s\u001b[5m",
         "requires":["cap\u001b"],"files":["src/\u001b[7m"],"allow":["only\u001b"]}},
        {"id":"failed","status":"Failed","taskLocking":{"failure":{"reason":"because\u001b[41m","at":"2026-01-01T00:00:00Z",
         "agent":"who\u001b"},"swarm":"s\u001b[5m"}},
        {"id":"blocked","status":"Blocked","dependencies":["failed"],"taskLocking":{"blockedBy":{"nearest":"failed",
         "root":"failed\u001b[31m"}}},
        {"id":"claimed","status":"In Progress","taskLocking":{"claim":{"token":1,"agent":"holder\u001b[31m",
         "claimed":"2026-01-01T00:00:00Z","expires":"2999-01-01T00:00:00Z","ttl":60}},
         "changes":[{"field":"sta\u001btus","oldValue":"\u001b[1mold\nline","newValue":"\u202enew","timestamp":"2026-01-01T00:00:00Z",
          "by":"b\u001by"}]}
        ],"taskLocking":{"agents":[{"name":"bot\u202exet","type":"agent","host":"h\u200e","capabilities":["cap\u200b"],"maxTasks":5,
         "registered":"2026-01-01T00:00:00Z"}]}}
        """;

    private static readonly TerminalCase[] Cases =
    [
        new("task new", Evil), new("task get"), new("task get", Evil), new("task get", "claimed"), new("task get", "none\e[1m", "waits"),
            new("task get", "--ready"), new("task get", "--parent", "none\e[1m"),
        new("task set", Evil, "--name", "x", "--if-version", "7"), new("task set", "held", "--name", "x", "--timeout", "0"),
            new("task set", Evil, "--priority", "low"), new("task set", "held", "--parent", Evil),
            new("task set", "held", "--parent", "n\e"),
        new("task reject", Evil, "--reason", "r\u202E"), new("task note", Evil, "n\u202E\e[1m"), new("task note", "none\e[1m", "n"),
        new("task archive", "--older", "0", "--what-if"), new("task archive", "--older", "x\e[1m"), new("task restore", Evil, "none\e[1m"),
        new("task remove", Evil), new("task history", Evil), new("task history", "claimed"), new("task test", Evil),
            new("task test", "waits"), new("task test", "free"),
        new("task test", "blocked"), new("assign", "waits", "--to", "other"),
            new("assign", Evil, "none\e", "--to", "x\u202Ey", "--skip-conflict"),
        new("unassign", "waits", "--from", "other"), new("unassign", Evil), new("assignments"), new("assignments", "--workload"),
            new("assignments", "--unassigned"),
        new("next", "--agent", Agent), new("start", "claimed", "--agent", "other"), new("start", "waits", "--agent", "a\u202Eb"),
            new("start", "blocked", "--agent", Agent),
        new("complete", "claimed", "--agent", "other"), new("complete", Evil, "--agent", Agent),
            new("fail", "claimed", "--agent", "other", "--reason", "r"),
        new("retry", "claimed"), new("renew", "claimed", "--agent", "other"), new("renew", Evil, "--agent", Agent),
        new("lock", "held", "--timeout", "0", "--", "true"), new("lock", Evil, "--", "true"),
            new("file lock", "src/\u202Ex", "--agent", Agent), new("file lock", "src/\u202Ex", "--agent", "other"),
        new("file list"), new("file test", "src/\u202Ex", "--agent", "other"), new("file unlock", "src/\u202Ex", "--agent", "other"),
            new("file unlock", "src/\u202Ex", "--agent", Agent),
        new("progress"), new("progress", "s\e[5m"), new("graph check"), new("graph add", "waits", "--depends-on", Evil),
        new("graph add", Evil, "--depends-on", "waits"), new("graph remove", "waits", "--depends-on", "missing\e[0m"),
        new("agent add", Agent, "--capability", "cap\u200B", "--host", "h\u200E"), new("agent list"), new("agent remove", "nobody\u202E"),
            new("nightly", "--what-if"),
        new("topic list"), new("topic check"), new("topic new", "Next"), new("topic artifact", "9", "pl\eans"), new("check"),
            new("metrics"), new("sync"), new("merge-driver", "none\e[1m", "b", "c"),
        new("topic renumber", "9", "--what-if"), new("topic release", "none\e[1m"), new("completion", "none\e[1m"),
            new("help", "none\e[1m"), new("prime", "--agent", Agent), new("setup", "none\e[1m"),
        new("events", "--count", "1"), new("events", "--after", "x\e[1m"),
            new("mcp"), new("serve", "--urls", "none\e[1m"), new("relay", "none\e[1m"),
        new("token add", "n\e[1m", "--tokens", "t"), new("token list", "--tokens", "none\e[1m"),
            new("token revoke", "n\u202E", "--tokens", "none\e[1m"),
        new("status"), new("status", "s\e[5m"), new("task find", "name"), new("task find", "none\e[1m"),
            new("task wait", Evil, "none\e[1m", "--timeout", "0"), new("store copy", "none\e[1m", "b\u202E"), new("store migrate"),
        new("work", "--agent", Agent, "--swarm", "none\e[1m", "--until-empty", "--", "true"),
        new("swarm list"), new("swarm pause", "s\e[5m", "none\e[1m", "--reason", "r\u202E"), new("swarm resume", "s\e[5m"),
            new("swarm cancel", "s\e[5m"), new("swarm cancel", "none\e[1m"), new("task export"), new("task import", "none\e[1m"),
        new("trust", "none\u202E"), new("stress", "--phase", "x\e[1m"), new("none\e[1m"), new("task", "none\e[1m"),
            new("task get", "--status", "\e[1m"), new("file lock"),
        new("file guard"), new("resource list"), new("resource list", "none\e[1m"),
        new("lock", "--resource", "gpu", "--timeout", "0", "--", "true"),
        new("lock", "--resource", "g\u202E", "--", "true"),
        new("hooks list"), new("hooks trust"), new("hooks trust", "none\e[1m"), new("hooks untrust", "none\e[1m"),
            new("hooks run", "--time-limit", "x\e[1m"),
    ];

    private readonly CliWorkspace _cli = new();
    private TaskHold? _hold;

    public TerminalTests()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_cli.Document)!);
        File.WriteAllText(_cli.Document, Document);
        foreach (var folder in new[] { "001_one", "003_three\e[31m", "5 \u202Ebad", "007-\nline" })
            Directory.CreateDirectory(Path.Combine(_cli.Folder, "specs", folder));
        Directory.CreateDirectory(Path.Combine(_cli.Folder, "src"));
        File.WriteAllText(Path.Combine(_cli.Folder, "src", "\u202Ex"), "");
    }

    public void Dispose()
    {
        _hold?.Dispose();
        _cli.Dispose();
    }

    [Fact]
    public void Every_command_has_its_case() =>
        Assert.Equal(Commands("").Order(StringComparer.Ordinal), Cases.Select(each => each.Command)
            .Where(each => !each.Contains('\e') && each != "task").Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_reaches_a_terminal_raw(bool json)
    {
        using var board = TaskBoard.Open(_cli.Folder);
        _hold = board.HoldResources([new ResourceLimit("gpu", 2)], ["held"],
            new HoldOptions { Agent = "a\e[31mgent", Doing = "\u202Enothing\nmore" });
        var escapes = 0;
        foreach (var each in Cases)
        {
            var answer = _cli.Run([json ? "--json" : "--verbose", .. each.Words]);
            Assert.True(answer.ExitCode != 1, $"{each}: {answer.Error}");
            foreach (var text in new[] { answer.Output, answer.Error })
            {
                Assert.True(Raw(text) is not { } at,
                    $"{each.Command} {string.Join(' ', each.Arguments.Select(TerminalText.Line))}: {TerminalText.Line(text)}");
                escapes += text.Split(@"\u").Length - 1;
            }
            if (json && answer.Output.Length > 0)
                JsonDocument.Parse(answer.Output).Dispose();
            if (json)
                Assert.All(answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => JsonDocument.Parse(line).Dispose());
        }
        Assert.True(escapes > 100, $"Only {escapes} escapes: the commands did not show what they were meant to show.");
    }

    [Fact]
    public void A_line_break_breaks_no_table_and_no_sheet()
    {
        var table = _cli.Run("task", "get").Output.TrimEnd().Split('\n');
        Assert.Equal(1 + 8, table.Length);
        Assert.Contains(@"clear\u001b[2J screen\u0007\nStatus      Done",
            Assert.Single(table, line => line.StartsWith(@"E\u001b[31m1", StringComparison.Ordinal)), StringComparison.Ordinal);
        var sheet = _cli.Run("task", "get", Evil).Output.Split('\n');
        Assert.Equal(@"Status      On\u009b31m hold", Assert.Single(sheet, line => line.StartsWith("Status ", StringComparison.Ordinal)));
        Assert.Equal(["one", @"two\u001b]0;title\u0007\u2028three\rfour"], sheet.SkipWhile(line => line.Length > 0).Skip(1).Take(2));
    }

    [Fact]
    public void Columns_stand_below_their_headers()
    {
        var table = _cli.Run("task", "get").Output.TrimEnd().Split('\n');
        var status = table[0].IndexOf("Status", StringComparison.Ordinal);
        Assert.All(table.Skip(1), line => Assert.True(line[status - 1] == ' ' && line[status] != ' ', line));
    }

    [Fact]
    public void JSON_says_what_the_document_says()
    {
        using var written = JsonDocument.Parse(Document);
        var before = written.RootElement.GetProperty("todos")[0];
        var shown = _cli.Run("task", "get", Evil, "--json").Document();
        foreach (var name in new[] { "id", "name", "status", "content" })
            Assert.Equal(before.GetProperty(name).GetString(), shown.GetProperty(name).GetString());
        Assert.Equal("\u202Enew", _cli.Run("task", "history", "claimed", "--json").Document()[0].GetProperty("newValue").GetString());
    }

    [Fact]
    public void A_wait_names_its_holder_escaped()
    {
        using var board = TaskBoard.Open(_cli.Folder);
        _hold = board.Hold(["held"], new HoldOptions { Agent = "a\e[31mgent", Doing = "\u202Enothing\nmore" });
        using var waiting = _cli.Start("task", "set", "held", "--name", "x", "--timeout", "none");
        Assert.Contains(@"held by agent a\u001b[31mgent", waiting.FirstErrorLine(), StringComparison.Ordinal);
        _hold.Dispose();
        Assert.Null(Raw(waiting.Finish().Error));
    }

    [Fact]
    public void Progress_that_is_followed_is_escaped()
    {
        using var following = _cli.Start("progress", "s\e[5m", "--watch", "--json");
        Assert.Contains(@"""swarm_id"":""s\u001b[5m""", following.ReadLine(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_path_that_a_script_reads_is_the_path()
    {
        var made = _cli.Run("topic", "artifact", "3", "plans");
        Assert.Equal(Path.Combine(_cli.Folder, "specs", "003_three\e[31m", "plans"), made.Output.TrimEnd('\n'));
    }

    // The leaves of the tree that the help shows.
    private IEnumerable<string> Commands(string path)
    {
        var help = _cli.Run([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Output.Split('\n');
        var listed = help.SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => line.Trim().Split(' ')[0]).ToList();
        return listed.Count == 0 ? [path] : listed.SelectMany(name => Commands($"{path} {name}".TrimStart()));
    }

    private static int? Raw(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\n'
                && CharUnicodeInfo.GetUnicodeCategory(text, i) is UnicodeCategory.Control or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return i;
        }
        return null;
    }
}
