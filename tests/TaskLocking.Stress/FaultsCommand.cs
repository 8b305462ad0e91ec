using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.Faults;

namespace TaskLocking.Stress;

/// <summary>
/// A disk that fails: in one scene after another, one call of one kind fails, or several in a row, the first arrival in the first scene,
/// the second in the second, as long as the scene gets there. Prints <c>scenes KIND COUNT UNCERTAIN</c> a kind, and <c>fault …</c> for
/// what must not be.
/// </summary>
internal static class FaultsCommand
{
    /// <summary>The calls that the engine asks <see cref="Failpoint.Fails"/> about.</summary>
    private static readonly string[] Kinds =
    [
        "journal.flush", "disk.flush", "disk.folder", "disk.rename", "disk.write", "disk.cut", "disk.create",
        "journal.flush+disk.create", "journal.flush+disk.flush", "journal.flush+disk.folder", "journal.flush+disk.rename",
            "journal.flush+disk.write",
    ];

    /// <param name="folder">For the scenes.</param>
    /// <param name="most">The most scenes of a kind.</param>
    /// <param name="seed">Which arrivals, if there are more.</param>
    public static int Run(string folder, int most, int seed)
    {
        var faults = 0;
        foreach (var kind in Kinds)
        {
            var random = new Random(seed);
            var (scenes, uncertain, reached) = (0, 0, true);
            for (var arrival = 1; reached && scenes < most; arrival += arrival < most / 2 ? 1 : random.Next(1, 9), scenes++)
            {
                var inARow = random.Next(3) switch { 0 => 1, 1 => 2, _ => 9 };
                var place = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{kind}-{arrival}"));
                Directory.CreateDirectory(place);
                var scene = new FaultScene(place);
                var broken = scene.Run(kind, arrival, inARow);
                reached = scene.IsReached;
                uncertain += scene.Uncertain;
                foreach (var text in broken)
                    Report.Line("fault", $"{kind} {arrival} in a row {inARow}: {text}");
                faults += broken.Count;
                if (broken.Count == 0)
                    Directory.Delete(place, recursive: true);
            }
            Report.Line("scenes", kind, scenes.ToString(CultureInfo.InvariantCulture), uncertain.ToString(CultureInfo.InvariantCulture));
        }
        return faults == 0 ? 0 : 1;
    }
}
