namespace TaskLocking.Tests.Processes;

/// <summary>One answer that an agent got: <c>claimed</c>, <c>started</c>, <c>done</c>, <c>failed</c> or <c>refused</c>.</summary>
internal sealed record FleetLine(FleetAgent Agent, string What, string Id, long Token, string Detail);
