using System;
using System.IO;
using System.Text;

namespace TaskLocking.Stress;

/// <summary>The lines that the test reads; each is in the pipe when the call returns, so it outlives a kill.</summary>
internal static class Report
{
    private static readonly Stream Output = Console.OpenStandardOutput();

    public static void Line(params string[] words) => Output.Write(Encoding.UTF8.GetBytes(string.Join('\t', words) + "\n"));
}
