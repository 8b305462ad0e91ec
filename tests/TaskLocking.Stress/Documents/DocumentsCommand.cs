using System;
using System.Globalization;
using System.IO;

namespace TaskLocking.Stress;

/// <summary>
/// Random sequences of our verbs and of what others do to the document, one after the other; stops at the first that breaks a promise.
/// </summary>
internal static class DocumentsCommand
{
    private const int Broken = 1;

    /// <summary>Tells each fault as a line: the seed that plays it again, the steps, what was found.</summary>
    /// <param name="folder">Where each sequence has a folder of its own.</param>
    /// <param name="seed">Of the first sequence; the next has the next number.</param>
    /// <param name="count">How many.</param>
    public static int Run(string folder, int seed, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var own = unchecked(seed + number);
            var place = Path.Combine(folder, own.ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(place);
            using (var sequence = new DocumentSequence(place, new Random(own)))
            {
                try
                {
                    sequence.Run();
                }
#pragma warning disable CA1031 // Whatever it is, it is what was looked for.
                catch (Exception fault)
#pragma warning restore CA1031
                {
                    var told = fault is PromiseBroken ? fault.Message : fault.ToString().ReplaceLineEndings(" ");
                    Report.Line("fault", own.ToString(CultureInfo.InvariantCulture), string.Join(", ", sequence.Steps), told);
                    return Broken;
                }
            }
            Directory.Delete(place, recursive: true);
        }
        Report.Line("kept", count.ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
