using System;
using System.Text;
using System.Threading.Tasks;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>
/// One run: exit code 0 when it was asked to end, else that of the refusal by which it did not begin, as the command has them.
/// </summary>
internal static class ServerProgram
{
    private const int Unexpected = 1;

    public static async Task<int> RunAsync(string[] args)
    {
        var json = Array.IndexOf(args, "--json") >= 0;
        try
        {
            var arguments = ServerArguments.Parse(args);
            return await (arguments.Verb == "mcp" ? StdioServer.RunAsync(arguments) : HttpServer.RunAsync(arguments)).ConfigureAwait(false);
        }
        catch (TaskLockingException refused)
        {
            await TellAsync(refused.Refusal, json).ConfigureAwait(false);
            return RefusalTable.ExitCode(refused.Refusal.Code);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync("tasklock: " + TerminalText.Line(fault.Message)).ConfigureAwait(false);
            return Unexpected;
        }
    }

    private static Task TellAsync(Refusal refusal, bool json) => json
        ? Console.Error.WriteAsync(Encoding.UTF8.GetString(JsonText.Line(writer => RefusalJson.Write(writer, [refusal], null)).Span))
        : Console.Error.WriteLineAsync("tasklock: " + refusal.Message);
}
