using System;
using System.IO;
using System.Linq;
using TaskLocking.Proof;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Proof;

/// <summary>Each fault that topics can have is planted in a list of answers or a root, and must be found.</summary>
public sealed class TopicProofTests
{
    [Fact]
    public void Answers_that_fit_the_folders_are_no_finding() =>
        Assert.Empty(Kinds(["001_a", "002_b", "003_c"], (1, "001_a", 0, 5), (3, "003_c", 6, 9), (2, "002_b", 4, 9)));

    [Fact]
    public void A_number_answered_twice_is_a_collision() =>
        Assert.Contains(ViolationKind.Collision, Kinds(["001_a", "001_b"], (1, "001_a", 0, 5), (1, "001_b", 0, 5)));

    [Fact]
    public void A_gap_is_a_collision() =>
        Assert.Contains(ViolationKind.Collision, Kinds(["001_a", "003_b"], (1, "001_a", 0, 5), (3, "003_b", 0, 5)));

    [Fact]
    public void A_series_that_does_not_begin_with_one_is_a_collision() =>
        Assert.Contains(ViolationKind.Collision, Kinds(["002_a"], (2, "002_a", 0, 5)));

    [Fact]
    public void An_answered_folder_that_is_not_there_is_lost() =>
        Assert.Contains(ViolationKind.Lost, Kinds(["001_a"], (1, "001_a", 0, 5), (2, "002_b", 0, 5)));

    [Fact]
    public void A_folder_that_nobody_was_answered_is_doubled() =>
        Assert.Contains(ViolationKind.Doubled, Kinds(["001_a", "002_b"], (1, "001_a", 0, 5)));

    [Fact]
    public void A_later_topic_with_a_lower_number_has_no_order() =>
        Assert.Contains(ViolationKind.NotLinearizable, Kinds(["001_a", "002_b"], (2, "002_b", 0, 5), (1, "001_a", 6, 9)));

    [Fact]
    public void A_refusal_is_unexpected() =>
        Assert.Contains(ViolationKind.Unexpected, Kinds(["001_a"], (1, "001_a", 0, 5), (0, "LockTimeout", 0, 5)));

    private static ViolationKind[] Kinds(string[] folders, params (int Number, string Folder, long Start, long End)[] answers)
    {
        using var place = new TempWorkspace();
        foreach (var folder in folders)
            Directory.CreateDirectory(place.In("specs", folder));
        return TopicProof.Check(place.Path, place.In("specs"),
            Array.ConvertAll(answers, answer => new TopicAnswer(answer.Number, answer.Folder, answer.Start, answer.End)))
            .Select(violation => violation.Kind).ToArray();
    }
}
