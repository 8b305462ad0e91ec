using System;
using System.Threading;
using System.Threading.Tasks;
using ModelContextProtocol.Server;

namespace TaskLocking.Server;

/// <summary>
/// <c>tasklock mcp</c>: the protocol over standard input and output, until the input ends. Nothing else is ever written to the output.
/// </summary>
internal static class StdioServer
{
    public static async Task<int> RunAsync(ServerArguments arguments)
    {
        // Whatever anybody prints goes beside the protocol.
        var error = Console.Error;
        Console.SetOut(error);
        var place = arguments.Locate();
        using var board = Boards.Open(place);
        var setting = new ToolSetting(board)
        {
            Project = arguments.Project(),
            Agent = ServerArguments.DefaultAgent(),
            Client = ClientProcess.Find(),
        };
        using var hub = new EventHub(board, error.WriteLine);
        var options = new ProtocolServer(setting, arguments.ReadOnly, hub, error.WriteLine).Options();
        await using var transport = new StdioServerTransport(options);
        await using var server = McpServer.Create(transport, options);
        await server.RunAsync(CancellationToken.None).ConfigureAwait(false);
        return 0;
    }
}
