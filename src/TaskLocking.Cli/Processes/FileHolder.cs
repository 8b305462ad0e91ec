using System;
using System.IO;

namespace TaskLocking.Cli.Processes;

/// <summary>The second process of the self-test: holds a file until its standard input ends or it is killed.</summary>
internal static class FileHolder
{
    public const string Verb = "hold-file";

    public static int Hold(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Output.StandardOutput.Line("locked");
            using var input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0)
            {
            }
            return 0;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Output.StandardError.Line(refused.Message);
            return 1;
        }
    }
}
