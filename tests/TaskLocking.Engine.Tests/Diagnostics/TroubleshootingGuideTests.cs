using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace TaskLocking.Tests.Diagnostics;

/// <summary>The guide has every symptom that can be shown, and no text of the help sends anybody after a lock file.</summary>
public sealed partial class TroubleshootingGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "en-US",
        "about_TaskLocking_Troubleshooting.help.txt"));

    [Fact]
    public void It_has_every_refusal_with_its_exit_code_near()
    {
        foreach (var code in Enum.GetValues<RefusalCode>())
        {
            var heading = Array.Find(Guide.Split('\n'), line => line.StartsWith("  ", StringComparison.Ordinal)
                && !line.StartsWith("   ", StringComparison.Ordinal) && Regex.IsMatch(line, $@"\b{code}\b"));
            Assert.True(heading is not null, $"{code} has no symptom");
            Assert.Contains($"exit {RefusalTable.ExitCode(code)}", heading, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_has_every_test_of_the_self_test() =>
        Assert.All(WorkspaceCheckTests.Names, name => Assert.Matches($@"(?m)^ {{8}}{name}\b", Guide));

    [Fact]
    public void It_has_every_violation_of_the_stress_protocol() =>
        Assert.All(Enum.GetNames<ViolationKind>(), name => Assert.Matches($@"(?m)^ {{8}}{name}\b", Guide));

    [Fact]
    public void It_fits_a_console() => Assert.All(Guide.Split('\n'), line => Assert.True(line.Length <= 80, line));

    [Fact]
    public void No_help_advises_to_delete_a_lock_file()
    {
        var texts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "en-US"), "*.*")
            .Where(path => !path.EndsWith(".xml", StringComparison.Ordinal)).Append(Path.Combine(Repository.Root, "README.md"));
        foreach (var path in texts)
        {
            var sentences = Sentence().Split(Regex.Replace(File.ReadAllText(path), @"\s+", " "));
            Assert.All(sentences.Where(sentence => LockFile().IsMatch(sentence)), sentence =>
                Assert.True(!Removal().IsMatch(sentence) || Negation().IsMatch(sentence), $"{Path.GetFileName(path)}: {sentence}"));
        }
        Assert.Matches(LockFile(), Guide);
    }

    [GeneratedRegex(@"(?<=[.:;!?]) ")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"(?i)lock files?\b|\.lock\b")]
    private static partial Regex LockFile();

    [GeneratedRegex(@"(?i)\b(delete|remove|erase|unlink|rm|del|Remove-Item)\b")]
    private static partial Regex Removal();

    [GeneratedRegex(@"(?i)\b(not|never|nobody)\b")]
    private static partial Regex Negation();
}
