namespace TaskLocking.Tests.Server;

public sealed class StdioModelTests(StdioClients clients) : ToolModelTests<StdioClients>(clients);
