using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace TaskLocking.Proof;

/// <summary>What a worker process is told on its command line.</summary>
/// <param name="Phase">What to do.</param>
/// <param name="Folder">The scratch folder of the phase.</param>
/// <param name="Address">That of the board; empty: it is in the folder.</param>
/// <param name="Name">The worker's own name.</param>
/// <param name="Place">Its place in the crew, from 0; one that follows a killed one has the same.</param>
/// <param name="Seed">Where its random choices start.</param>
/// <param name="Tasks">How many tasks all fight for.</param>
/// <param name="Rounds">How often it goes round; 0: until it is told to stop.</param>
internal sealed record WorkerOrder(
    StressPhase Phase, string Folder, string Address, string Name, int Place, int Seed, int Tasks, int Rounds)
{
    private const int Fields = 8;

    /// <summary>Where the operation logs of the phase are.</summary>
    public string Logs => LogsOf(Folder);

    public string LogPath => Path.Combine(Logs, Name + ".log");

    /// <summary>The root in which topics are made.</summary>
    public string TopicRoot => TopicRootOf(Folder);

    public static string LogsOf(string folder) => Path.Combine(folder, "logs");

    public static string TopicRootOf(string folder) => Path.Combine(folder, "specs");

    public IReadOnlyList<string> ToArguments() =>
        [Phase.ToString(), Folder, Address, Name, Text(Place), Text(Seed), Text(Tasks), Text(Rounds)];

    /// <exception cref="TaskLockingException">InvalidArgument: nobody but the coordinator starts a worker.</exception>
    public static WorkerOrder Parse(IReadOnlyList<string> arguments)
    {
        var numbers = new int[4];
        var phase = StressPhase.Define;
        var isWhole = arguments.Count == Fields && Enum.TryParse(arguments[0], out phase);
        for (var i = 0; isWhole && i < numbers.Length; i++)
            isWhole = int.TryParse(arguments[i + 4], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]);
        if (!isWhole)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                "This is a worker of the stress protocol, which starts it itself. Run 'tasklock stress'.");
        return new WorkerOrder(phase, arguments[1], arguments[2], arguments[3], numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
