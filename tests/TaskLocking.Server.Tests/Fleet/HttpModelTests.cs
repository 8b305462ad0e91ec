namespace TaskLocking.Tests.Server;

public sealed class HttpModelTests(HttpClients clients) : ToolModelTests<HttpClients>(clients);
