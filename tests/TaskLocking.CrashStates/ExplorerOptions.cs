using System;
using System.Globalization;

namespace TaskLocking.CrashStates;

/// <summary>What is asked of the explorer.</summary>
internal sealed record ExplorerOptions
{
    public const string Usage =
        """
        TaskLocking.CrashStates [--states N] [--seed N] [--planted FAULT] [--scene WORDS]
            records processes at work and looks at N states (5000) that a power cut may leave
        TaskLocking.CrashStates --recordings FOLDER --seed N --state N [--keep FOLDER]
            makes one of these again, tells what was not kept, and leaves the files in a folder
        """;

    /// <summary>How many different states.</summary>
    public int States { get; init; } = 5000;

    public int Seed { get; init; } = Environment.TickCount;

    /// <summary>The fault that is planted in the workers.</summary>
    public string? Planted { get; init; }

    /// <summary>Only the scenes whose name has these words.</summary>
    public string? Scene { get; init; }

    /// <summary>What an earlier run recorded.</summary>
    public string? Recordings { get; init; }

    /// <summary>One state alone.</summary>
    public int? State { get; init; }

    /// <summary>Where its files are left.</summary>
    public string? Keep { get; init; }

    /// <summary>Null if that is not how it is asked.</summary>
    public static ExplorerOptions? Parse(string[] arguments)
    {
        var options = new ExplorerOptions();
        for (var at = 0; at < arguments.Length; at += 2)
        {
            if (at + 1 == arguments.Length)
                return null;
            var value = arguments[at + 1];
            var isNumber = int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
            var next = arguments[at] switch
            {
                "--states" when isNumber => options with { States = number },
                "--seed" when isNumber => options with { Seed = number },
                "--state" when isNumber => options with { State = number },
                "--planted" => options with { Planted = value },
                "--scene" => options with { Scene = value },
                "--recordings" => options with { Recordings = value },
                "--keep" => options with { Keep = value },
                _ => null,
            };
            if (next is null)
                return null;
            options = next;
        }
        return options.State is not null && options.Recordings is null ? null : options;
    }
}
