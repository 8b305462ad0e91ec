using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;

namespace TaskLocking.Benchmarks;

/// <summary>What to measure and how long.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>How to call it.</summary>
    public const string Usage = """
        dotnet run -c Release --project tests/TaskLocking.Benchmarks [-- OPTION...]
          --only G2,G3    these goals alone
          --rounds N      how often ours and the peer alternate, 1 to 100 (5)
          --seconds S     how long each timed run of a round lasts, 0.1 to 600 (2)
          --parts         the parts of the engine, by BenchmarkDotNet
          --list          the goals
        """;

    /// <summary>Ids of goals; empty means all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>How often ours and the peer alternate.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Length of a timed run, in seconds.</summary>
    public double Seconds { get; init; } = 2;

    /// <summary>Measure the parts instead of the goals.</summary>
    public bool Parts { get; init; }

    /// <summary>Only list the goals.</summary>
    public bool List { get; init; }

    /// <summary>Only tell how to call it.</summary>
    public bool Help { get; init; }

    /// <summary>Whether a goal was asked for.</summary>
    public bool Wants(string id) => Only.Count == 0 || Only.Contains(id, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the command line.</summary>
    public static bool TryParse(IReadOnlyList<string> args, [NotNullWhen(true)] out BenchmarkOptions? options, out string problem)
    {
        var read = new BenchmarkOptions();
        options = null;
        problem = "";
        for (var i = 0; i < args.Count; i++)
        {
            var value = i + 1 < args.Count ? args[i + 1] : "";
            switch (args[i])
            {
                case "--parts": read = read with { Parts = true }; continue;
                case "--list": read = read with { List = true }; continue;
                case "--help" or "-h": read = read with { Help = true }; continue;
                case "--only":
                    read = read with
                    {
                        Only = value.Split(',',
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    }; break;
                case "--rounds" when int.TryParse(value, out var rounds)
                    && rounds is >= 1 and <= 100:
                    read = read with { Rounds = rounds }; break;
                case "--seconds" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                    && seconds is >= 0.1 and <= 600:
                    read = read with { Seconds = seconds };
                    break;
                default: problem = $"'{args[i]} {value}' is not understood."; return false;
            }
            i++;
        }
        var unknown = read.Only.Where(id => !GoalList.All.SelectMany(goal => goal.Ids).Contains(id, StringComparer.OrdinalIgnoreCase))
            .ToList();
        if (unknown.Count > 0 || (args.Contains("--only") && read.Only.Count == 0))
            problem = $"--only names goals of --list, for example --only G2,G3; not '{string.Join(",", unknown)}'.";
        options = problem.Length == 0 ? read : null;
        return options is not null;
    }
}
