using System;
using System.Linq;

namespace TaskLocking.Topics;

/// <summary>How one call of git ended.</summary>
/// <param name="Call">The first word of the call.</param>
/// <param name="ExitCode">0 is good.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record GitAnswer(string Call, int ExitCode, string Output, string Error)
{
    /// <summary>Whether it did what it was asked for.</summary>
    public bool IsGood => ExitCode == 0;

    /// <summary>The output, without what ends its last line.</summary>
    public string Line => Output.TrimEnd('\n', '\r');

    /// <summary>The lines of the output.</summary>
    public string[] Lines => Output.Split(['\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>This, or a failure.</summary>
    /// <exception cref="GitFailure">The exit code is not 0.</exception>
    public GitAnswer Good() => IsGood ? this : throw Failure();

    /// <summary>What to tell of it: the line of git that says why.</summary>
    public GitFailure Failure()
    {
        var lines = Error.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var why = lines.FirstOrDefault(line => line.StartsWith("fatal: ", StringComparison.Ordinal)
            || line.StartsWith("error: ", StringComparison.Ordinal) || line.StartsWith("remote: error", StringComparison.Ordinal))
            ?? lines.LastOrDefault() ?? "no word";
        return new GitFailure($"'git {Call}' ended with {ExitCode}: {why}");
    }
}
