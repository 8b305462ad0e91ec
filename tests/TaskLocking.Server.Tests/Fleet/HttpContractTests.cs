namespace TaskLocking.Tests.Server;

public sealed class HttpContractTests(HttpClients clients) : ToolContractTests<HttpClients>(clients);
