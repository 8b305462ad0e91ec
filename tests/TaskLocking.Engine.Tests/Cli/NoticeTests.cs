using System;
using System.IO;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>What the store tells beside the answer: on standard error, without an effect on answer or exit code.</summary>
public sealed class NoticeTests : IDisposable
{
    private readonly CliWorkspace _place = new CliWorkspace().With("A");

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_notice_is_one_line_on_standard_error_and_the_answer_is_as_ever()
    {
        Break();
        var answer = _place.Run("task", "new", "B");
        Assert.Equal(0, answer.ExitCode);
        Assert.StartsWith("tasklock: warning: ", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', answer.Error);
        Assert.Equal("", _place.Run("task", "new", "C").Error);
    }

    [Fact]
    public void As_json_it_is_an_object_with_code_message_and_path()
    {
        Break();
        var answer = _place.Run("task", "new", "B", "--json");
        Assert.Equal(0, answer.ExitCode);
        using var parsed = JsonDocument.Parse(answer.Error);
        var warning = parsed.RootElement.GetProperty("warning");
        Assert.Equal("DocumentBroken", warning.GetProperty("code").GetString());
        Assert.NotEqual("", warning.GetProperty("message").GetString());
        Assert.Equal("conflict", File.ReadAllText(warning.GetProperty("path").GetString()!));
    }

    [Fact]
    public void A_refusal_stands_beside_it_and_keeps_its_exit_code()
    {
        Break();
        // The refusal is decided under the lock, where the document is put aside.
        var answer = _place.Run("task", "new", "A");
        Assert.Equal(3, answer.ExitCode);
        var lines = answer.Error.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("already defined", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("tasklock: warning: ", lines[1], StringComparison.Ordinal);
    }

    private void Break() => File.WriteAllText(_place.Document, "conflict");
}
