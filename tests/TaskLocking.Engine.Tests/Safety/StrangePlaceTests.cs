using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Storage;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace TaskLocking.Tests.Safety;

/// <summary>
/// Every kind of thing at every place of a store, for every verb: never endless, never an unexpected fault, nothing changed where a link
/// leads, and refused exactly where the thing is needed.
/// </summary>
public sealed class StrangePlaceTests(StrangeStore store) : IClassFixture<StrangeStore>
{
    // A guard against a hang, far above what all verbs of one case need.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string[] Kinds = ["link", "dangling", "loop", "fifo", "socket", "folder", "file", "huge", "hard-link",
        "device", "another's"];

    private static readonly string[] Topics = ["topic new", "topic list", "topic check", "topic artifact"];
    private static readonly string[] Writers = ["define", "edit A", "edit B", "request", "complete C", "hold A", "hold B", "lease",
        "nightly", "sync"];
    private static readonly string[] All = [.. Writers, "read", "explain A"];

    // Who needs what stands there. Nobody needs what is not listed: that only helps.
    private static readonly Dictionary<string, string[]> Needed = new(StringComparer.Ordinal)
    {
        ["store"] = [.. All, "metrics", .. Topics],
        ["document"] = All,
        ["journal folder"] = All,
        ["journal"] = All,
        ["state lock"] = Writers,
        ["flushing"] = [.. Writers.Except(["hold A", "hold B", "sync"])],
        ["locks folder"] = [.. Writers.Except(["lease"]), "explain A"],
        ["task lock"] = ["edit A", "hold A", "explain A"],
        ["metrics"] = ["metrics"],
        ["topic lock"] = ["topic new"],
        ["topics"] = ["topic new", "topic list", "topic check", "topic artifact"],
    };

    private static readonly string[] Folders = ["store", "journal folder", "locks folder", "aside", "topics"];
    private static readonly string[] Written = ["journal", "flushing", "published", "metrics"];

    public static TheoryData<string, string> Cases =>
        [.. from place in StrangeStore.Places.Keys from kind in Kinds where Fits(place, kind) select (place, kind)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_refused_where_it_is_needed_and_stops_nobody_else(string place, string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs Linux's kinds of files.");
        if (kind is "device" or "another's")
            Assert.SkipUnless(StrangeThing.IsRoot, "Only root can make it.");
        var wrong = new List<string>();
        foreach (var (verb, act) in StrangeStore.Verbs)
        {
            using var scene = new TempWorkspace(inMemory: true);
            var folder = scene.In("project");
            store.CopyTo(folder);
            var outside = new OutsideFolder(scene.In("outside"));
            StrangeThing.Put(kind, Path.Combine([folder, .. StrangeStore.Places[place]]), outside.Path);
            outside.Remember();
            var answer = await Task.Run(() => Ask(act, folder), TestContext.Current.CancellationToken).WaitAsync(Patience,
                TestContext.Current.CancellationToken);
            // A store that is a link as a whole is the one that the link leads to.
            if (place != "store")
                outside.AssertUntouched();
            if (Fault(place, kind, verb, answer) is { } fault)
                wrong.Add(fault);
        }
        Assert.Empty(wrong);
    }

    private static Refusal? Ask(Action<string> act, string folder)
    {
        try
        {
            act(folder);
            return null;
        }
        catch (TaskLockingException refused)
        {
            return refused.Refusal;
        }
    }

    private static string? Fault(string place, string kind, string verb, Refusal? answer)
    {
        var isNeeded = Needed.TryGetValue(place, out var verbs) && verbs.Contains(verb, StringComparer.Ordinal);
        if (!isNeeded)
            return answer is null ? null : $"{verb}: {answer.Code}, {answer.Message}";
        // What is only too long is no strange thing; a document's own link may be followed.
        var codes = kind == "huge" ? [RefusalCode.StoreUnavailable] : place == "topics"
            ? new[] { RefusalCode.UnsafeFile, RefusalCode.PathNotFound } : [RefusalCode.UnsafeFile];
        if (answer is not null && codes.Contains(answer.Code)
            && answer.Message.Contains(StrangeStore.Places[place][^1], StringComparison.Ordinal))
            return null;
        return $"{verb}: {answer?.ToString() ?? "not refused"}";
    }

    // A kind that is right at a place, or is told in other words by tests of its own, is no case of this one.
    private static bool Fits(string place, string kind) => (place, kind) switch
    {
        ("store", "link") => false,
        ("topics" or "topic lock", "huge") => false,
        (_, "folder") => !Folders.Contains(place, StringComparer.Ordinal),
        (_, "another's" or "hard-link" or "huge") when Folders.Contains(place, StringComparer.Ordinal) => false,
        (_, "hard-link") => Written.Contains(place, StringComparer.Ordinal) && place != "metrics",
        (_, "huge") => place is "document" or "backup" or "published" or "holder" or "gitignore",
        (_, "file") => Folders.Contains(place, StringComparer.Ordinal),
        ("document", "link" or "dangling" or "loop") => false,
        _ => true,
    };
}
