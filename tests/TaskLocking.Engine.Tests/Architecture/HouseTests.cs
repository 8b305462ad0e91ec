using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Architecture;

/// <summary>
/// The rooms of the engine use each other one way only, as the built assembly tells, and within a room so do its folders.
/// </summary>
public sealed class HouseTests
{
    // What everybody may use is not named again: values, words and sentences, characters, paths as text, planted faults, and what stands in
    // for newer versions of .NET. The faces (the board and what stands beside it, the self-test) use everything, and nobody them.
    private static readonly string[] Everybodys = ["Model", "Paths", "Characters", "Faults", "Polyfills"];
    private static readonly string[] Faces = [".", "SelfTest"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Model"] = ["Characters", "Faults", "Polyfills"],
        ["Paths"] = ["Model", "Characters", "Polyfills"],
        ["Characters"] = ["Polyfills"],
        ["Faults"] = [],
        ["Polyfills"] = [],
        ["Todo2"] = [.. Everybodys],
        ["Ready"] = [.. Everybodys],
        ["Locking"] = [.. Everybodys],
        ["Rules"] = [.. Everybodys, "Ready"],
        ["Exchange"] = [.. Everybodys, "Rules", "Todo2"],
        ["Board"] = [.. Everybodys, "Rules", "Ready", "Todo2"],
        ["Workspaces"] = [.. Everybodys, "Locking"],
        ["FileStore"] = [.. Everybodys, "Board", "Todo2", "Locking", "Workspaces"],
        ["Liveness"] = [.. Everybodys, "Locking"],
        ["Metrics"] = [.. Everybodys, "Locking", "Todo2", "Workspaces"],
        ["Topics"] = [.. Everybodys, "Locking", "Metrics", "Workspaces"],
    };

    private static readonly Dictionary<string, string> Folders = Repository.Sources("src", "TaskLocking.Engine")
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path),
            path => Path.GetRelativePath(Repository.Engine, Path.GetDirectoryName(path)!).Replace('\\', '/'));

    private static readonly Lazy<List<(string From, string To)>> Uses = new(() =>
        [.. TypeReferences.Of(typeof(TaskBoard).Assembly.Location)
            .Where(type => Folders.ContainsKey(type.Key))
            .SelectMany(type => type.Value.Where(Folders.ContainsKey).Select(used => (type.Key, used)))]);

    [Fact]
    public void Every_folder_is_a_room()
    {
        Assert.NotEmpty(Uses.Value);
        Assert.Subset(Allowed.Keys.Concat(Faces).ToHashSet(), Folders.Values.Select(Room).ToHashSet());
    }

    [Fact]
    public void Arrows_between_rooms_point_one_way()
    {
        var wrong = Uses.Value.Where(use => !MayUse(Room(Folders[use.From]), Room(Folders[use.To])))
            .Select(use => $"{Folders[use.From]}/{use.From} > {Folders[use.To]}/{use.To}").Order(StringComparer.Ordinal).ToList();
        Assert.True(wrong.Count == 0, "not allowed:\n" + string.Join('\n', wrong));
    }

    [Fact]
    public void No_circle_of_types_spans_two_folders()
    {
        var used = Uses.Value.ToLookup(use => use.From, use => use.To);
        var circles = TypeCircles.Of(Uses.Value.Select(use => use.From).Distinct(), type => used[type])
            .Where(circle => circle.Select(type => Folders[type]).Distinct().Count() > 1)
            .Select(circle => string.Join(", ", circle.Select(type => $"{Folders[type]}/{type}").Order(StringComparer.Ordinal))).ToList();
        Assert.True(circles.Count == 0, string.Join('\n', circles));
    }

    private static string Room(string folder) => folder.Split('/')[0];

    private static bool MayUse(string from, string to) => from == to || Faces.Contains(from) || Allowed[from].Contains(to);
}
