using System.Collections.Generic;

namespace TaskLocking.Server;

/// <summary>The addresses below <c>/api</c>. They are added to, never changed.</summary>
internal static class ApiRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        ApiRoute.Get("/api/tasks", TaskQueryTool.Table, "find"),
        ApiRoute.Get("/api/tasks/{task_id}", TaskQueryTool.Table, "get") with { Detail = "full" },
        ApiRoute.Get("/api/tasks/{task_id}/history", TaskQueryTool.Table, "history"),
        ApiRoute.Get("/api/tasks/{task_id}/readiness", TaskQueryTool.Table, "why"),
        ApiRoute.Get("/api/ready", TaskQueryTool.Table, "ready"),
        ApiRoute.Get("/api/claims", AgentTools.Query, "work"),
        ApiRoute.Get("/api/agents", AgentTools.Query, "list"),
        ApiRoute.Get("/api/assignments", AssigneeTool.Table, "list"),
        ApiRoute.Get("/api/workload", AssigneeTool.Table, "workload"),
        ApiRoute.Get("/api/leases", FileTools.Query, "list"),
        ApiRoute.Get("/api/resources", AgentTools.Query, "resources"),
        ApiRoute.Get("/api/graph", GraphTool.Table, "check"),
        ApiRoute.Get("/api/topics", TopicTools.Query, "list"),

        ApiRoute.Post("/api/tasks", TaskChangeTool.Table, "define"),
        ApiRoute.Post("/api/tasks/edit", TaskChangeTool.Table, "edit"),
        ApiRoute.Post("/api/tasks/archive", TaskChangeTool.Table, "archive"),
        ApiRoute.Post("/api/tasks/{task_id}/restore", TaskChangeTool.Table, "restore"),
        ApiRoute.Post("/api/tasks/{task_id}/remove", TaskChangeTool.Table, "remove") with { TakesVersion = true },
        ApiRoute.Post("/api/tasks/{task_id}/assign", AssigneeTool.Table, "assign") with { TakesVersion = true },
        ApiRoute.Post("/api/tasks/{task_id}/unassign", AssigneeTool.Table, "unassign") with { TakesVersion = true },
        ApiRoute.Post("/api/tasks/{task_id}/retry", ClaimTool.Table, "retry") with { TakesVersion = true },
        ApiRoute.Post("/api/tasks/{task_id}/reject", ClaimTool.Table, "reject") with { TakesVersion = true },
        ApiRoute.Post("/api/tasks/{task_id}/start", ClaimTool.Table, "start"),
        ApiRoute.Post("/api/tasks/{task_id}/complete", ClaimTool.Table, "complete"),
        ApiRoute.Post("/api/tasks/{task_id}/fail", ClaimTool.Table, "fail"),
        ApiRoute.Post("/api/tasks/{task_id}/renew", ClaimTool.Table, "renew"),
        ApiRoute.Post("/api/tasks/{task_id}/release", ClaimTool.Table, "release"),
        ApiRoute.Post("/api/claims", ClaimTool.Table, "next"),
        ApiRoute.Post("/api/leases", FileTools.Lease, "lock"),
        ApiRoute.Post("/api/leases/free", FileTools.Lease, "unlock"),
    ];
}
