using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TaskLocking.Leases;

/// <summary>Counts why a request passed over tasks whose dependencies are done, for the sentence that tells it.</summary>
internal sealed class PassedOver
{
    public const int Taken = 0;
    public const int Early = 1;
    public const int Unfit = 2;
    public const int FileHeld = 3;

    private static readonly string[] Words = ["others have", "are not to be started yet", "the agent may not do", "touch files that others have"];

    private readonly int[] _counts = new int[4];

    /// <summary>Counts one; always false, for the one who passes it over.</summary>
    public bool Add(int reason)
    {
        _counts[reason]++;
        return false;
    }

    public string Sentence(string agent)
    {
        var parts = new List<string>();
        for (var i = 0; i < Words.Length; i++)
        {
            if (_counts[i] > 0)
                parts.Add(_counts[i].ToString(CultureInfo.InvariantCulture) + " " + Words[i]);
        }
        return parts.Count == 0
            ? "No task is ready."
            : $"No task is free for {agent}: of {_counts.Sum().ToString(CultureInfo.InvariantCulture)} with all dependencies done, {string.Join(", ", parts)}.";
    }
}
