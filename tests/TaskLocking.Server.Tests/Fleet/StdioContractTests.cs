namespace TaskLocking.Tests.Server;

public sealed class StdioContractTests(StdioClients clients) : ToolContractTests<StdioClients>(clients);
